import { type LeaseHolder, serializeError } from '@jarvis/core';
import { readRun, type RunView } from '@jarvis/loops';
import type { NodeRunContext } from '@jarvis/node';

import { countThings } from '../ui/count-things.ts';
import { type Diagnosis, ok, problem, warning } from './diagnosis.ts';

/** Whether the runs of the folder can be read, which of them wait for somebody, and who works on what. */
export async function checkRuns({
  journal,
  workspace,
}: Pick<NodeRunContext, 'journal' | 'workspace'>): Promise<readonly Diagnosis[]> {
  try {
    const runIds = await journal.listRuns();
    const found = [];
    for (const runId of runIds) found.push(...(await checkRun(journal, runId)));
    const holder = await journal.findHolder(`workspace:${workspace.root}`);
    return [
      ok(
        'journal',
        `SQLite ${process.versions.sqlite ?? 'unknown'}, ${countThings(runIds.length, 'run')} of this folder.`,
      ),
      ...(holder === undefined ? [] : describeUse(holder)),
      ...found,
    ];
  } catch (error) {
    return [problem('journal', serializeError(error).message, 'See: jarvis list --debug')];
  }
}

async function checkRun(journal: NodeRunContext['journal'], runId: string): Promise<readonly Diagnosis[]> {
  let view: RunView;
  try {
    view = await readRun(journal, runId);
  } catch (error) {
    return [problem('run', serializeError(error).message, `jarvis show ${runId}`)];
  }
  const { status, nextCommand } = view;
  if (nextCommand === undefined) return [];
  const holder = await journal.findHolder(`run:${runId}`);
  if (holder !== undefined && holder.process !== 'dead') return [describeWork(view, nextCommand, holder)];
  const how = status === 'open' ? 'is not finished, and its process has died' : `stands still (${status})`;
  return [warning('run', `Run ${runId} ${how}.`, nextCommand)];
}

function describeWork({ runId }: RunView, nextCommand: string, holder: LeaseHolder): Diagnosis {
  const { owner, mayBeTakenOver } = holder;
  if (!mayBeTakenOver) return ok('run', `Run ${runId} is in use by ${owner}.`);
  return warning(
    'run',
    `Run ${runId} is in use by ${owner}, ${describeSilence(holder)}.`,
    `Wake it up, or take the run from it: ${nextCommand}`,
  );
}

/** A process that has died holds up nobody. */
function describeUse(holder: LeaseHolder): readonly Diagnosis[] {
  const { owner, mayBeTakenOver, process: life } = holder;
  if (life === 'dead') return [];
  return mayBeTakenOver
    ? [
        warning(
          'folder',
          `The folder is in use by ${owner}, ${describeSilence(holder)}.`,
          'Wake it up; the next run takes the folder from it.',
        ),
      ]
    : [warning('folder', `The folder is in use by ${owner}.`, 'Wait for it to end, or stop it.')];
}

function describeSilence({ process: life, heldUntilMs }: LeaseHolder): string {
  const what = life === 'alive' ? 'which sleeps or was stopped' : 'which cannot be seen from here';
  return `${what}: its time ran out at ${new Date(heldUntilMs).toISOString()}`;
}
