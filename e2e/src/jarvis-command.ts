import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { EmptyProject } from './empty-project.ts';
import { runProgram, type ProgramEnd, type RunningProgram, startProgram } from './run-program.ts';

/** A project folder, a folder for runs, and the `jarvis` that was installed from its tarball. */
export interface Desk {
  readonly project: Pick<EmptyProject, 'folder'>;
  readonly workspace: string;
  /** Nothing is there before the first run. */
  readonly stateDirectory: string;
  /** The Node.js to run on. Default: the one the tests run on. */
  readonly node?: string;
}

/** Lays out folders that no other test uses. */
export async function layOut(project: Desk['project'], name: string): Promise<Desk> {
  const workspace = join(project.folder, 'work', name);
  await mkdir(workspace, { recursive: true });
  return { project, workspace, stateDirectory: join(project.folder, 'state', name) };
}

/** Calls `jarvis` in the project folder and waits for its end. */
export function jarvis(desk: Desk, ...args: readonly string[]): Promise<ProgramEnd> {
  return runProgram(commandLine(desk, args), optionsOf(desk));
}

/** As {@link jarvis}, with an environment of one's own and without waiting. */
export function startJarvis(
  desk: Desk,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): RunningProgram {
  const options = optionsOf(desk);
  return startProgram(commandLine(desk, args), { ...options, env: { ...options.env, ...env } });
}

/** Everything in a folder, by path; nothing when there is no folder. */
export async function listTree(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  return entries.sort();
}

function commandLine({ project, node }: Desk, args: readonly string[]): readonly string[] {
  const command = join(project.folder, 'node_modules/.bin/jarvis');
  return [...(node === undefined ? [] : [node]), command, ...args];
}

/** The caller's own configuration and runs are neither read nor touched. */
function optionsOf({ project, workspace, stateDirectory }: Desk) {
  const env = {
    JARVIS_HOME: stateDirectory,
    XDG_CONFIG_HOME: join(project.folder, 'no-config'),
    // Most faults are tried on the smallest team; what depends on the mode names it.
    JARVIS_ORCHESTRATOR_MODE: 'SIMPLE_2LOOP',
  };
  return { folder: workspace, env };
}
