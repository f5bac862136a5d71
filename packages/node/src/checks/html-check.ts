import type { Check, Finding } from '@jarvis/core';

import { createHtmlReader, type HtmlReader, type HtmlReading } from './html-reader.ts';

const SOURCE = 'html';
const MOST_FINDINGS = 50;

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
      return cut(
        reading.messages.map(({ rule, line, text, isError }) => ({
          ...about,
          severity: isError ? 'error' : 'warning',
          rule,
          description: text,
          line,
        })),
        about,
      );
    case 'template':
      return [
        { ...about, severity: 'note', rule: 'template', description: 'Not checked: this is a template.' },
      ];
    case 'unreadable':
      return [
        { ...about, severity: 'error', rule: 'unreadable', description: `Not checked: ${reading.problem}.` },
      ];
  }
}

/** One mistake may be found thousands of times in a page; nobody reads more than a few. */
function cut(findings: readonly Finding[], about: Pick<Finding, 'source' | 'file'>): readonly Finding[] {
  const more = findings.length - MOST_FINDINGS;
  if (more <= 0) return findings;
  const description = `${String(more)} more findings in this file are not shown.`;
  return [...findings.slice(0, MOST_FINDINGS), { ...about, severity: 'note', rule: 'more', description }];
}
