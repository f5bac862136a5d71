import { type Diagnosis, ok, problem } from './diagnosis.ts';

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
