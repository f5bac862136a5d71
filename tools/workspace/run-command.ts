import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { workspaceRoot } from './root.ts';

/** What a command did. */
export interface CommandResult {
  /** The exit code, or 1 when the command was ended by a signal or could not be started. */
  readonly code: number;
  /** What it wrote to both outputs, in order; empty when it wrote to the terminal directly. */
  readonly output: string;
}

/** The environment of every tool: the pinned Node first, no daemon, no questions, colors only on a terminal. */
function toolEnvironment({ isShown }: { readonly isShown: boolean }): NodeJS.ProcessEnv {
  const bin = join(workspaceRoot, 'node_modules', '.bin');
  const { PATH = '' } = process.env;
  return {
    ...process.env,
    PATH: `${bin}${delimiter}${PATH}`,
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    ...(!(isShown && process.stdout.isTTY) && { FORCE_COLOR: '0' }),
  };
}

/**
 * Runs a command from the root of the repository.
 *
 * @param command the program and its arguments; programs of `node_modules/.bin` are found
 * @param options `show` writes to the terminal as the command writes; otherwise the output is returned
 */
export async function runCommand(
  [program, ...args]: readonly [string, ...string[]],
  { show = false }: { readonly show?: boolean } = {},
): Promise<CommandResult> {
  const child = spawn(program, args, {
    cwd: workspaceRoot,
    env: toolEnvironment({ isShown: show }),
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number>((resolve) => {
    child.on('error', (error) => {
      chunks.push(Buffer.from(`${program} could not be started: ${error.message}\n`));
      resolve(1);
    });
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
  // Not every program leaves out the colors when it is asked to.
  return { code, output: stripVTControlCharacters(Buffer.concat(chunks).toString('utf8')) };
}
