import type { Finding, FindingSeverity } from '../vocabulary/finding.ts';

const MOST_PER_FILE = 50;

const RANKS: Readonly<Record<FindingSeverity, number>> = { error: 0, warning: 1, note: 2 };

/** Orders findings by file and line; at one place the graver first, then by what they say. */
export function compareFindings(one: Finding, other: Finding): number {
  return (
    compare(one.file ?? '', other.file ?? '') ||
    compare(one.line ?? 0, other.line ?? 0) ||
    compareWithinLine(one, other)
  );
}

/**
 * Leaves out what nobody reads: one mistake may be found thousands of times in a file. The graver findings of a file
 * stay, so that no warning hides an error, and a note says how many are left out.
 *
 * @param findings in the order of {@link compareFindings}.
 */
export function limitFindings(findings: readonly Finding[]): readonly Finding[] {
  const byFile = Map.groupBy(findings, ({ file }) => file);
  return [...byFile].flatMap(([file, found]) => (file === undefined ? found : limitFile(file, found)));
}

function limitFile(file: string, found: readonly Finding[]): readonly Finding[] {
  const more = found.length - MOST_PER_FILE;
  if (more <= 0) return found;

  const graverFirst = found.toSorted((one, other) => RANKS[one.severity] - RANKS[other.severity]);
  const shown = graverFirst.slice(0, MOST_PER_FILE).sort(compareFindings);
  const description = `${String(more)} more findings in this file are not shown.`;
  return [...shown, { severity: 'note', source: 'checks', rule: 'more', description, file }];
}

function compareWithinLine(one: Finding, other: Finding): number {
  return (
    RANKS[one.severity] - RANKS[other.severity] ||
    compare(one.source, other.source) ||
    compare(one.rule ?? '', other.rule ?? '') ||
    compare(one.description, other.description)
  );
}

/** Compares by code units, which is the same on every machine. */
function compare<Value extends string | number>(one: Value, other: Value): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
