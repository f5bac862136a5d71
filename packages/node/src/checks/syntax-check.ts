import type { Check, Finding } from '@jarvis/core';

import { createSourceReader, type SourceReader, type SourceReading } from './source-reader.ts';

const SOURCE = 'syntax';

/**
 * Finds JavaScript, TypeScript, CSS, Python and YAML that cannot be read. What the names in it stand for is not looked
 * at: a missing import or a wrong type is no syntax error. A file that is too large to be read is a warning.
 */
export function syntaxCheck(read: SourceReader = createSourceReader()): Check {
  return {
    id: SOURCE,
    inspect: async (files) => (await read(files)).flatMap(toFindings),
  };
}

function toFindings(reading: SourceReading): readonly Finding[] {
  const about = { source: SOURCE, file: reading.path };
  if (reading.type === 'unread') {
    const description = `Not checked: ${reading.why}.`;
    return [{ ...about, severity: 'warning', rule: 'not-checked', description }];
  }
  return reading.problems.flatMap(({ kind, rule, line, text }): readonly Finding[] => {
    switch (kind) {
      case 'danger':
        return [];
      case 'template':
        return [{ ...about, severity: 'note', rule, line, description: text }];
      case 'syntax':
        return [
          {
            ...about,
            severity: 'error',
            rule: `${reading.language}/${rule}`,
            line,
            description: `Not valid ${NAMES[reading.language]}: ${text}`,
          },
        ];
    }
  });
}

const NAMES = {
  javascript: 'JavaScript',
  typescript: 'TypeScript',
  css: 'CSS',
  python: 'Python',
  yaml: 'YAML',
};
