import { type Finding, sha256 } from '@jarvis/core';

import type { OldFinding } from './old-finding.ts';

type StageEvent = Readonly<Record<string, unknown>>;

/** The words for what keeps a stage from passing, and for what is only told. Every other word is a warning. */
const ERRORS: readonly string[] = ['error', 'critical', 'blocker', 'high', 'severe', 'fatal', 'major'];
const NOTES: readonly string[] = ['note', 'info', 'information', 'suggestion', 'hint', 'trivial'];

/**
 * What the audits of a stage came to: one that found what was resolved later, where anything was, and the last one.
 * What the content was nobody knows any more; the hashes stand for the import.
 */
export function toAudits(stageId: string, findings: readonly OldFinding[]): readonly StageEvent[] {
  const resolved = findings.filter(({ isResolved }) => isResolved === true);
  const open = findings.filter(({ isResolved }) => isResolved !== true);
  const look = (name: string, found: readonly OldFinding[]): readonly StageEvent[] => {
    const contentHash = sha256(`imported ${stageId} ${name}`);
    return [
      { type: 'deliver', contentHash },
      { type: 'audit', contentHash, findings: found.map(toFinding) },
    ];
  };
  if (resolved.length === 0) return look('last', open);
  return [...look('first', resolved), { type: 'fix' }, ...look('last', open)];
}

function toFinding({ severity, description, category, file }: OldFinding): Finding {
  return {
    severity: toSeverity(severity),
    source: 'supervisor',
    ...(category === '' ? {} : { rule: category }),
    description,
    ...(file === undefined ? {} : { file }),
  };
}

function toSeverity(written: string): Finding['severity'] {
  const word = written.toLowerCase();
  if (ERRORS.includes(word)) return 'error';
  return NOTES.includes(word) ? 'note' : 'warning';
}
