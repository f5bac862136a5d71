import { hasErrorCode, InvalidConfigError, serializeError } from '@jarvis/core';
import { readRun, type RunView } from '@jarvis/loops';
import { type NodeRunContext, readEnvironment } from '@jarvis/node';

import type { GlobalOptions } from '../options/global-options.ts';
import { buildContext } from './build-context.ts';
import { checkStateDirectory } from './check-machine.ts';
import type { CliIo } from './cli-io.ts';
import { type Diagnosis, ok, problem, warning } from './diagnosis.ts';

/** What can be found out about the project folder, its configuration, its repository and its runs. */
export async function checkProject(options: GlobalOptions, io: CliIo): Promise<readonly Diagnosis[]> {
  let context: NodeRunContext;
  try {
    context = await buildContext(options, io);
  } catch (error) {
    return explain(error);
  }
  try {
    return [
      ok('configuration', 'It can be used.'),
      ...(await context.listNotes()).map((note) => warning('configuration', note, 'jarvis config')),
      checkModel(context),
      await checkGit(context),
      ...(await checkStateDirectory(context.stateDirectory)),
      ...(await checkRuns(context)),
    ];
  } finally {
    await context.journal.close();
  }
}

function explain(error: unknown): readonly Diagnosis[] {
  if (!(error instanceof InvalidConfigError)) {
    return [problem('project', serializeError(error).message, 'Name another folder: --workspace')];
  }
  return error.problems.map(({ origin, key, problem: what }) =>
    problem('configuration', [origin, key, what].filter((part) => part !== '').join(': '), 'jarvis config'),
  );
}

/** The key itself is not looked at any closer, and never shown. */
function checkModel({ config }: NodeRunContext): Diagnosis {
  const server = config.llm.baseUrl ?? 'the OpenAI API';
  if (readEnvironment().apiKey !== undefined) return ok('model', `A key is set, for ${server}.`);
  return config.llm.baseUrl === undefined
    ? warning('model', 'No key is set: runs are simulated.', 'export OPENAI_API_KEY=…')
    : ok('model', `No key is set; ${server} is asked without one.`);
}

async function checkGit({ git, config }: NodeRunContext): Promise<Diagnosis> {
  const state = await git.inspect();
  if (state.type === 'ready') return ok('git', `Rounds are committed to ${state.branch}.`);
  if (state.type === 'none') {
    const text = `No repository: ${state.obstacle ?? 'the folder is none'}; nothing is committed.`;
    return config.git.commit === 'required'
      ? problem('git', text, 'git init, or jarvis run --git-init')
      : ok('git', text);
  }
  return config.git.commit === 'off'
    ? ok('git', 'Commits are switched off.')
    : problem('git', state.problem, 'Put it right, or run with --git off.');
}

async function checkRuns(context: NodeRunContext): Promise<readonly Diagnosis[]> {
  const { journal, workspace } = context;
  try {
    const runIds = await journal.listRuns();
    const found = [];
    for (const runId of runIds) found.push(...(await checkRun(context, runId)));
    const holder = runIds.length === 0 ? undefined : await findHolder(context, `workspace:${workspace.root}`);
    return [
      ok(
        'journal',
        `SQLite ${process.versions.sqlite ?? 'unknown'}, ${String(runIds.length)} runs of this folder.`,
      ),
      ...(holder === undefined ? [] : [warning('folder', holder, 'Wait for it to end.')]),
      ...found,
    ];
  } catch (error) {
    return [problem('journal', serializeError(error).message, 'See: jarvis list --debug')];
  }
}

async function checkRun(context: NodeRunContext, runId: string): Promise<readonly Diagnosis[]> {
  let view: RunView;
  try {
    view = await readRun(context.journal, runId);
  } catch (error) {
    return [problem('run', serializeError(error).message, `jarvis show ${runId}`)];
  }
  const { status, nextCommand } = view;
  if (nextCommand === undefined) return [];
  const holder = await findHolder(context, `run:${runId}`);
  if (holder !== undefined) return [ok('run', holder)];
  const how = status === 'open' ? 'is not finished, and its process has died' : `stands still (${status})`;
  return [warning('run', `Run ${runId} ${how}.`, nextCommand)];
}

/** Who works with something now. A lease of a process that has died is given back on the way. */
async function findHolder({ journal }: NodeRunContext, resource: string): Promise<string | undefined> {
  try {
    await journal.release(await journal.acquire(resource));
    return undefined;
  } catch (error) {
    if (hasErrorCode(error, 'JARVIS_LEASE_HELD')) return serializeError(error).message;
    throw error;
  }
}
