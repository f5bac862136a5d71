import { readFileSync } from 'node:fs';

import { findingSchema, sha256 } from '@jarvis/core';
import type { Finding } from '@jarvis/core';

import type { Turn } from '../carry-out.ts';

/** Rounds of a stage as they might have been recorded, and what they show. */
export interface Transcript {
  readonly name: string;
  readonly turns: readonly Turn[];
}

/**
 * Reads a file of transcripts: `# name`, then for each round a line with its content and `~change`, if it is known, and
 * below it, indented, a line for each finding: `severity file rule | quote | description`. `-` stands for nothing.
 */
export function readCorpus(file: string): readonly Transcript[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  return text
    .split(/^# /mu)
    .slice(1)
    .map((block) => {
      const [name = '', ...lines] = block.trimEnd().split('\n');
      return { name, turns: readTurns(lines) };
    });
}

function readTurns(lines: readonly string[]): readonly Turn[] {
  const turns: { contentHash: string; diffHash?: string; findings: Finding[] }[] = [];
  for (const line of lines.filter((each) => each.trim() !== '')) {
    if (line.startsWith('  ')) {
      turns.at(-1)?.findings.push(readFinding(line.trim()));
      continue;
    }
    const [content = '', change] = line.split(' ~');
    turns.push({
      contentHash: sha256(content),
      ...(change === undefined ? {} : { diffHash: sha256(change) }),
      findings: [],
    });
  }
  return turns;
}

function readFinding(line: string): Finding {
  const [head = '', quote = '', description] = line.split(' | ');
  const [severity, file = '-', rule = '-'] = head.split(' ');
  return findingSchema.parse({
    severity,
    source: 'supervisor',
    description,
    ...(file === '-' ? {} : { file }),
    ...(rule === '-' ? {} : { rule }),
    ...(quote.trim() === '-' ? {} : { quote }),
  });
}
