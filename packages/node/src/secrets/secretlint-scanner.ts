import type { AllowedSecret, ScannedFile, SecretFinding, SecretScanner } from '@jarvis/core';
import { z } from 'zod';

import { moduleBeside, type TaskOutcome, TaskThread } from '../checks/task-thread.ts';
import { findAllowed, KNOWN_RULE as KNOWN, type PlacedSecret } from './allowed-secrets.ts';
import { findAssignedSecrets } from './assigned-secrets.ts';
import { SecretScanError } from './errors.ts';
import { findKnownSecrets, type KnownSecretFinder, MASK } from './known-secrets.ts';
import type { SecretTask } from './lint-secrets.ts';
import { findTokens } from './token-shapes.ts';

/** What to look for besides what secrets look like in general. */
export interface SecretlintScannerOptions {
  /** Values that must never be written, such as the key the models are called with: eight characters or more. */
  readonly knownSecrets?: readonly string[];
  /** What looks like a secret and is none, as a person has said. Never a known value, and never in a path. */
  readonly allow?: readonly AllowedSecret[];
  /** How long the search of one file may take. Default: ten seconds. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

const secretsSchema = z.array(z.object({ line: z.int(), lastLine: z.int(), rule: z.string() }));

type Found = Omit<SecretFinding, 'path'>;

/**
 * A scanner with the recommended rules of secretlint, rules for keys and passwords that are assigned to a telling
 * name and for some more kinds of tokens, and the values that are known to be secret. Paths are searched like
 * contents. Its findings and errors name files and lines, never a value.
 *
 * Its `scan` throws {@link SecretScanError} when a file cannot be searched: it blocks then.
 */
export function createSecretlintScanner(options: SecretlintScannerOptions = {}): SecretScanner {
  const { knownSecrets = [], allow = [], timeoutMs = TIMEOUT_MS } = options;
  const known = findKnownSecrets(knownSecrets);
  const thread = new TaskThread({ entry: moduleBeside('secrets-worker', import.meta.url), timeoutMs });
  return {
    scan: async (files) => {
      const paths = listPaths(files);
      const tasks = [...files, paths].map(({ path, content }): SecretTask => ({ path, content }));
      const outcomes = await thread.run(tasks);
      const search = (task: SecretTask, index: number) => [
        ...findInText(task, known),
        ...readOutcome(outcomes[index], { path: known.mask(task.path), timeoutMs }),
      ];
      const inFiles = files.map((file, index) => withoutAllowed(file, search(file, index), allow));
      const inPaths = search(paths, files.length);
      return files.flatMap((file, index) => {
        const inPath = inPaths.filter(({ line }) => line === index + 1);
        const path = showPath(file.path, inPath, known);
        const found = [
          ...inPath.map(({ rule }) => ({ line: 1, rule: `${rule}-in-path` })),
          ...(inFiles[index] ?? []).map(({ line, rule }) => ({ line, rule })),
        ];
        return withoutRepeats(found).map((secret) => ({ path, ...secret }));
      });
    },
    holdsKnownSecret: (text) => known.findLines(text).length > 0,
  };
}

/** The paths as a text of their own, one on each line. */
function listPaths(files: readonly SecretTask[]): SecretTask {
  return { path: 'paths.txt', content: files.map(({ path }) => path.replace(/[\n\r]/gu, ' ')).join('\n') };
}

/** The path, or what may be shown of it. */
function showPath(path: string, inPath: readonly Found[], known: KnownSecretFinder): string {
  const masked = known.mask(path);
  const isMasked = inPath.every(({ rule }) => rule === KNOWN) && (inPath.length === 0 || masked !== path);
  return isMasked ? masked : MASK;
}

function withoutAllowed(
  file: ScannedFile,
  found: readonly PlacedSecret[],
  allow: readonly AllowedSecret[],
): readonly PlacedSecret[] {
  if (found.length === 0) return found;
  const isAllowed = findAllowed(file, allow);
  return found.filter((secret) => !isAllowed(secret));
}

function findInText(task: SecretTask, known: KnownSecretFinder): readonly PlacedSecret[] {
  return [
    ...known.findLines(task.content).map((line) => ({ line, lastLine: line, rule: KNOWN })),
    ...findAssignedSecrets(task).map((line) => ({ line, lastLine: line, rule: 'assigned-secret' })),
    ...findTokens(task.content),
  ];
}

function readOutcome(
  outcome: TaskOutcome | undefined,
  { path, timeoutMs }: { path: string; timeoutMs: number },
): readonly PlacedSecret[] {
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
