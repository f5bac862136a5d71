import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { listFiles } from '../workspace/listed-files.ts';
import { workspaceRoot } from '../workspace/root.ts';
import { runCommand } from '../workspace/run-command.ts';
import type { Check } from './check.ts';

const HOME_OF_SOMEBODY = /(?<![\w.])\/(?:home|Users)\/[a-z][\w.-]*\//u;

/** The repository speaks of the product alone: no path of a machine, no host packages are fetched from. */
export const machineNamesCheck: Check = {
  name: 'names of machines',
  async run() {
    const names = [`${workspaceRoot}/`, `${homedir()}/`, ...(await registryHosts())];
    const files = await listFiles();
    return files.flatMap((path) => findMachineNames({ path, text: readText(path) }, names));
  },
};

/**
 * Finds lines that name this machine.
 *
 * @param file the path and the text of a file
 * @param names the texts that may not occur: the path of the checkout, the home folder, the host of the registry
 */
export function findMachineNames(
  file: { readonly path: string; readonly text: string },
  names: readonly string[],
): readonly string[] {
  const { path, text } = file;
  const mayInventPaths = /\.test\.ts$|(?:^|\/)test\//u.test(path);
  return text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(
      ({ line }) =>
        names.some((name) => line.includes(name)) || (!mayInventPaths && HOME_OF_SOMEBODY.test(line)),
    )
    .map(({ line, number }) => `${path}:${number} names a machine: ${line.trim().slice(0, 120)}`);
}

async function registryHosts(): Promise<readonly string[]> {
  const { code, output } = await runCommand(['npm', 'config', 'get', 'registry']);
  const address = output.trim().split('\n').at(-1) ?? '';
  return code === 0 && URL.canParse(address) ? [new URL(address).host] : [];
}

/** Files that are not text have no lines to look at. */
function readText(path: string): string {
  const content = readFileSync(join(workspaceRoot, path));
  return content.includes(0) ? '' : content.toString('utf8');
}
