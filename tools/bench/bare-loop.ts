import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { modernDialect } from '@jarvis/loops';
import OpenAI from 'openai';

import { nameOf } from './stage-team.ts';

/** A loop somebody might write by hand instead of using an orchestrator. */
export interface BareLoop {
  readonly folder: string;
  readonly baseUrl: string;
  readonly stages: number;
  /** Called when a stage begins. */
  readonly onStage: () => void;
}

/**
 * Two calls for each stage over the SDK itself, each answer stored in a database that flushes every commit: no prices, no
 * checks, no roadmap, no files, nothing that could be resumed by another process without code of its own.
 *
 * @returns how many calls were made.
 */
export async function runBareLoop({ folder, baseUrl, stages, onStage }: BareLoop): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(join(folder, 'bare.db'));
  database.exec('pragma journal_mode = wal; pragma synchronous = full; create table answers (n, text)');
  const insert = database.prepare('insert into answers values (?, ?)');
  const client = new OpenAI({ baseURL: baseUrl, apiKey: 'any' });
  let calls = 0;
  const ask = async (system: string, data: object) => {
    const { choices } = await client.chat.completions.create({
      model: 'gpt-4.1-mini',
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: JSON.stringify(data) },
      ],
      response_format: { type: 'json_object' },
    });
    calls += 1;
    insert.run(calls, choices[0]?.message.content ?? '');
  };
  const { work, audit } = modernDialect;
  for (let number = 1; number <= stages; number += 1) {
    onStage();
    const data = { task: 'Build a site about knots', stage: nameOf(number), round: 1, files: FILES };
    await ask(work.prompt.text, { ...data, feedback: [] });
    await ask(audit?.prompt.text ?? '', { ...data, open: [] });
  }
  database.close();
  return calls;
}

/** As much text as the project of the run has. */
const FILES = Array.from({ length: 4 }, (_, index) => ({
  path: `knot-${String(index)}.html`,
  content: '<p>Over, under, through and tight.</p>\n    '.repeat(20),
}));
