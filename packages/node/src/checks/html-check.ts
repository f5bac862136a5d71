import type { Check, Finding } from '@jarvis/core';

import { createHtmlReader, type HtmlReader, type HtmlReading } from './html-reader.ts';

const SOURCE = 'html';

/**
 * Finds malformed markup, doubled ids, and what a page must have for everyone to read it: a title, a language, texts
 * for its images. The rules are fixed; what a project or a page configures is not looked at.
 */
export function htmlCheck(read: HtmlReader = createHtmlReader()): Check {
  return {
    id: SOURCE,
    inspect: async (files) => (await read(files)).flatMap(toFindings),
  };
}

function toFindings(reading: HtmlReading): readonly Finding[] {
  const about = { source: SOURCE, file: reading.path };
  switch (reading.type) {
    case 'inspected':
      return reading.messages.map(({ rule, line, text, isError }) => ({
        ...about,
        severity: isError ? 'error' : 'warning',
        rule,
        description: text,
        line,
      }));
    case 'template':
      return [
        { ...about, severity: 'note', rule: 'template', description: 'Not checked: this is a template.' },
      ];
    case 'too-large': {
      const description = `Not checked: ${reading.why}.`;
      return [{ ...about, severity: 'warning', rule: 'not-checked', description }];
    }
    case 'unreadable':
      return [
        { ...about, severity: 'error', rule: 'unreadable', description: `Not checked: ${reading.problem}.` },
      ];
  }
}
