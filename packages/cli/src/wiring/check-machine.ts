import { stat, statfs } from 'node:fs/promises';

import { type Diagnosis, ok, problem, warning } from './diagnosis.ts';

/** Below this a run is refused; see the journal. */
const NEEDED_BYTES = 64 * 2 ** 20;
const LITTLE_BYTES = 1024 * 2 ** 20;

/** The first releases of Node.js that do, line by line; of the lines in between none does. */
const FIRST_IN_LINE: Readonly<Record<string, string>> = { '22': '22.22.3', '24': '24.15.0' };
const FIRST_OF_LATER_LINES = '25.9.0';

/** Whether this Node.js is one JARVIS works with. */
export function checkNode(version: string): Diagnosis {
  const [line = ''] = version.split('.');
  const needed = FIRST_IN_LINE[line] ?? FIRST_OF_LATER_LINES;
  return version.localeCompare(needed, 'en', { numeric: true }) >= 0
    ? ok('node', `Node.js ${version}`)
    : problem('node', `Node.js ${version} is too old.`, 'Install 24.15 or later.');
}

/** Whether others can read the state directory, and how much room there is. */
export async function checkStateDirectory(directory: string): Promise<readonly Diagnosis[]> {
  const found = await stat(directory).catch(() => undefined);
  if (found === undefined) return [ok('state', `${directory} will be made by the first run.`)];
  const isOpen = (found.mode & 0o077) !== 0;
  const access = isOpen
    ? problem('state', `${directory} can be read or written by others.`, `chmod 700 ${directory}`)
    : ok('state', `${directory} is yours alone.`);
  return [access, await checkSpace(directory)];
}

async function checkSpace(directory: string): Promise<Diagnosis> {
  const { bavail, bsize, blocks } = await statfs(directory);
  if (blocks === 0) return ok('space', 'The file system does not tell how much is free.');
  const freeBytes = bavail * bsize;
  const text = `${String(Math.floor(freeBytes / 2 ** 20))} MB are free for state.`;
  if (freeBytes < NEEDED_BYTES)
    return problem('space', text, 'Make room: no run is begun with less than 64 MB.');
  return freeBytes < LITTLE_BYTES ? warning('space', text, 'Make room: jarvis prune') : ok('space', text);
}
