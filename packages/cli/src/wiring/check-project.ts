import { hasErrorCode, isInvalidConfigError, serializeError } from '@jarvis/core';
import { type NodeRunContext, readEnvironment } from '@jarvis/node';

import type { GlobalOptions } from '../options/global-options.ts';
import { buildContext } from './build-context.ts';
import { checkRuns } from './check-runs.ts';
import { checkStateDirectory } from './check-state-directory.ts';
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
      await checkFolder(context),
      await checkGit(context),
      ...(await checkStateDirectory(context)),
      ...(await checkRuns(context)),
    ];
  } finally {
    await context.journal.close();
  }
}

function explain(error: unknown): readonly Diagnosis[] {
  if (hasErrorCode(error, 'JARVIS_STATE_DIRECTORY_REFUSED')) {
    return [problem('state', error.message, 'Name another folder: --state-dir')];
  }
  if (!isInvalidConfigError(error)) {
    return [problem('project', serializeError(error).message, 'Name another folder: --workspace')];
  }
  return error.problems.map(({ origin, key, problem: what }) =>
    problem('configuration', [origin, key, what].filter((part) => part !== '').join(': '), 'jarvis config'),
  );
}

/** The same proof as at the start of a run. */
async function checkFolder({ workspace }: NodeRunContext): Promise<Diagnosis> {
  try {
    await workspace.prove();
    return ok('folder', `${workspace.root} can be worked in.`);
  } catch (error) {
    const { message } = serializeError(error);
    return problem('folder', message, `ls -ld ${workspace.root}`);
  }
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
