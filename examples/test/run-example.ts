import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Where an example is. */
export function exampleFile(name: string): string {
  return fileURLToPath(new URL(`../src/${name}.ts`, import.meta.url));
}

/** Runs an example in a process of its own, in a folder, with an environment; gives what it printed. */
export async function runExample(
  name: string,
  { folder, env }: { readonly folder: string; readonly env: Readonly<Record<string, string>> },
): Promise<string> {
  const args = ['--conditions=@jarvis/source', exampleFile(name)];
  const environment = { PATH: process.env['PATH'], HOME: folder, JARVIS_HOME: `${folder}/state`, ...env };
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, env: environment });
  return stdout;
}
