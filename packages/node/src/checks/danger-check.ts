import type { Check, Finding } from '@jarvis/core';

import { createSourceReader, type SourceReader, type SourceReading } from './source-reader.ts';

const SOURCE = 'danger';

/**
 * Warns of calls in JavaScript, TypeScript and Python that run what they are given, or show it as markup. They may be
 * meant: a warning is for whoever reviews the work. Names are followed through imports, values are not.
 */
export function dangerCheck(read: SourceReader = createSourceReader()): Check {
  return {
    id: SOURCE,
    inspect: async (files) => (await read(files)).flatMap(toFindings),
  };
}

function toFindings(reading: SourceReading): readonly Finding[] {
  if (reading.type === 'unread') return [];
  return reading.problems
    .filter(({ kind }) => kind === 'danger')
    .map(({ rule, line, text, quote }) => ({
      severity: 'warning',
      source: SOURCE,
      rule,
      description: text,
      file: reading.path,
      line,
      ...(quote !== undefined && { quote }),
    }));
}
