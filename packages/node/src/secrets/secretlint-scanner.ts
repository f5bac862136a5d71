import type { SecretFinding, SecretScanner } from '@jarvis/core';
import { z } from 'zod';

import { moduleBeside, type TaskOutcome, TaskThread } from '../checks/task-thread.ts';
import { findAssignedSecrets } from './assigned-secrets.ts';
import { SecretScanError } from './errors.ts';
import { findKnownSecrets, type KnownSecretFinder } from './known-secrets.ts';
import type { SecretTask } from './lint-secrets.ts';

/** What to look for besides what secrets look like in general. */
export interface SecretlintScannerOptions {
  /** Values that must never be written, such as the key the models are called with: eight characters or more. */
  readonly knownSecrets?: readonly string[];
  /** How long the search of one file may take. Default: ten seconds. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

const secretsSchema = z.array(z.object({ line: z.int(), rule: z.string() }));

type Found = Omit<SecretFinding, 'path'>;

/**
 * A scanner with the recommended rules of secretlint, a rule for keys and passwords written into code, and the
 * values that are known to be secret. Its findings and errors name files and lines, never a value.
 *
 * Its `scan` throws {@link SecretScanError} when a file cannot be searched: it blocks then.
 */
export function createSecretlintScanner(options: SecretlintScannerOptions = {}): SecretScanner {
  const { knownSecrets = [], timeoutMs = TIMEOUT_MS } = options;
  const known = findKnownSecrets(knownSecrets);
  const thread = new TaskThread({ entry: moduleBeside('secrets-worker', import.meta.url), timeoutMs });
  return {
    scan: async (files) => {
      const outcomes = await thread.run(files);
      return files.flatMap((file, index) => {
        const path = known.mask(file.path);
        const found = [...findInFile(file, known), ...readOutcome(outcomes[index], { path, timeoutMs })];
        return withoutRepeats(found).map((secret) => ({ path, ...secret }));
      });
    },
    holdsKnownSecret: (text) => known.findLines(text).length > 0,
  };
}

function findInFile({ path, content }: SecretTask, known: KnownSecretFinder): readonly Found[] {
  return [
    ...(known.findLines(path).length > 0 ? [{ line: 1, rule: 'known-secret-in-path' }] : []),
    ...known.findLines(content).map((line) => ({ line, rule: 'known-secret' })),
    ...findAssignedSecrets(content).map((line) => ({ line, rule: 'assigned-secret' })),
  ];
}

function readOutcome(
  outcome: TaskOutcome | undefined,
  { path, timeoutMs }: { path: string; timeoutMs: number },
): readonly Found[] {
  switch (outcome?.type) {
    case 'done':
      return secretsSchema.parse(outcome.value);
    case 'timed-out':
      throw new SecretScanError({ path, problem: `it took longer than ${String(timeoutMs / 1_000)} s` });
    case 'failed':
    case undefined:
      throw new SecretScanError({ path, problem: 'the search failed' });
  }
}

function withoutRepeats(found: readonly Found[]): readonly Found[] {
  const unique = new Map(found.map((secret) => [`${String(secret.line)} ${secret.rule}`, secret]));
  return [...unique.values()].sort((a, b) => a.line - b.line);
}
