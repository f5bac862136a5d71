import { type FileWrite, findWriteProblems, hasErrorCode, planWrites, writePlanSchema } from '@jarvis/core';
import { z } from 'zod';

import type { ActionResult } from '../engine/action.ts';
import type { Round } from '../engine/run-state.ts';
import { type ActionScope, hashParts, readListing, requireRound } from './action-scope.ts';

/** Writes what the employee handed in: all of it, or none of it and the reasons why. */
export async function applyChanges(scope: ActionScope, number: number): Promise<ActionResult> {
  const round = requireRound(scope, number);
  const writes = await loadWrites(scope, round);
  const problems = findWriteProblems(writes);
  if (problems.length > 0) return refused(number, problems);

  const secrets = await findSecrets(scope, writes);
  if (secrets.length > 0) return refused(number, secrets);

  const known = await knownFiles(scope, round);
  const unseen = await findUnseen(scope, writes, known);
  if (unseen.length > 0) return refused(number, unseen);

  return carryOut(scope, { number, writes, known });
}

interface Application {
  readonly number: number;
  readonly writes: readonly FileWrite[];
  readonly known: ReadonlyMap<string, string>;
}

async function carryOut(scope: ActionScope, { number, writes, known }: Application): Promise<ActionResult> {
  const { steps, context, contents } = scope;
  try {
    const paths = await steps.perform({
      name: 'workspace.apply',
      key: hashParts({ writes }),
      intent: writePlanSchema,
      result: z.array(z.string()),
      plan: () => Promise.resolve(planWrites(writes, known)),
      carryOut: async (plan) => {
        context.crashPoint.reach('apply.intended');
        await context.workspace.apply(plan, contents.read);
        context.crashPoint.reach('apply.done');
        return plan.writes.map(({ path }) => path);
      },
    });
    return { type: 'applied', round: number, paths };
  } catch (error) {
    // A link or a special file stands where the model wanted to write: its answer is refused, the run goes on.
    if (hasErrorCode(error, 'JARVIS_WORKSPACE_PATH_ESCAPE')) return refused(number, [error.message]);
    throw error;
  }
}

function loadWrites({ contents }: ActionScope, round: Round): Promise<readonly FileWrite[]> {
  const files = round.work?.files ?? [];
  return Promise.all(files.map(async ({ path, hash }) => ({ path, content: await contents.read(hash) })));
}

/** What is on disk as far as this run knows: what the employee was shown, and what it wrote in earlier rounds. */
async function knownFiles(scope: ActionScope, round: Round): Promise<ReadonlyMap<string, string>> {
  const shown = round.work === undefined ? [] : await readListing(scope, round.work.base);
  const written = scope.state.rounds
    .filter(({ number, apply }) => number < round.number && apply?.type === 'applied')
    .flatMap(({ work }) => work?.files ?? []);
  return new Map([...written, ...shown].map(({ path, hash }) => [path, hash]));
}

/** Files that exist but that nobody has shown to the employee: it cannot know what it would overwrite. */
async function findUnseen(
  { steps, context }: ActionScope,
  writes: readonly FileWrite[],
  known: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const unknown = writes.map(({ path }) => path).filter((path) => !known.has(path));
  return steps.look({
    name: 'workspace.unseen',
    key: {},
    result: z.array(z.string()),
    look: async () => {
      const existing = await context.workspace.hashFiles(unknown);
      return [...existing.keys()].map(
        (path) => `The file ${JSON.stringify(path)} exists and was not shown to you; choose another path.`,
      );
    },
  });
}

async function findSecrets(
  { steps, context }: ActionScope,
  writes: readonly FileWrite[],
): Promise<readonly string[]> {
  return steps.look({
    name: 'secrets.scan',
    key: {},
    result: z.array(z.string()),
    look: async () => {
      const secrets = await context.secrets.scan(writes);
      return secrets.map(
        ({ path, line, rule }) =>
          `The file ${JSON.stringify(path)} holds a secret in line ${String(line)} (${rule}); leave it out.`,
      );
    },
  });
}

function refused(round: number, problems: readonly string[]): ActionResult {
  return { type: 'refused', round, problems: [...problems] };
}
