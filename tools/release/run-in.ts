import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** The last lines of a failed command that are shown. */
const SHOWN_LINES = 25;

/** What npm tells the scripts it runs about the project they belong to; in another folder it is wrong. */
const ABOUT_THIS_PROJECT = /^(?:npm_(?:package|lifecycle|config_local_prefix|command)|INIT_CWD$)/u;

export interface RunInOptions {
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a command in a folder, with the programs of its `node_modules` first and no key of a model server.
 *
 * @returns what it wrote to both outputs.
 */
export async function runIn(
  folder: string,
  [program, ...args]: readonly [string, ...string[]],
  { env = {} }: RunInOptions = {},
): Promise<string> {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...environmentIn(folder), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const output = Buffer.concat(chunks).toString('utf8');
  if (code !== 0) {
    const end = output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
    throw new Error(`${[program, ...args].join(' ')} ended with ${String(code)}:\n${end}`);
  }
  return output;
}

/** The environment of a program in a folder. */
export function environmentIn(folder: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !ABOUT_THIS_PROJECT.test(name) && !name.startsWith('OPENAI_'),
  );
  const { PATH = '' } = process.env;
  return {
    ...Object.fromEntries(kept),
    PATH: `${join(folder, 'node_modules', '.bin')}${delimiter}${PATH}`,
    CI: 'true',
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    FORCE_COLOR: '0',
  };
}
