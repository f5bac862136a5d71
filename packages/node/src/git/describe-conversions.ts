import { listAttributePatterns } from './attribute-patterns.ts';
import type { Git } from './git-call.ts';

const UNSET: readonly string[] = ['unspecified', 'unset', 'auto'];

/** A file and an attribute that makes git convert it. */
interface Conversion {
  readonly path: string;
  readonly attribute: string;
  readonly value: string;
}

/**
 * What git's settings would do to files of this repository and commits made here do not do, as sentences. `text=auto`
 * is not mentioned: it only matters for line endings that it would not have let in.
 */
export async function describeConversions(git: Git, root: string): Promise<readonly string[]> {
  const conversions = await listConversions(git, root);
  const automatic = (await git.attempt({ args: ['config', '--get', 'core.autocrlf'] })).stdout.trim();

  return [
    ...describe(
      conversions.filter(({ attribute }) => attribute === 'filter'),
      'Passed through a filter by git',
    ),
    ...describe(
      conversions.filter(({ attribute }) => attribute !== 'filter'),
      'Converted by git in line endings or encoding',
    ),
    ...(automatic === 'true' || automatic === 'input'
      ? [`core.autocrlf is ${automatic}: commits made here keep the line endings that are on disk.`]
      : []),
  ];
}

async function listConversions(git: Git, root: string): Promise<readonly Conversion[]> {
  const tracked = await git.run({ args: ['ls-files', '-z'] });
  const paths = tracked === '' ? (await listAttributePatterns(git, root)).join('\0') : tracked;
  if (paths === '') return [];
  const attributes = ['filter', 'text', 'eol', 'working-tree-encoding'];
  const output = await git.run({ args: ['check-attr', '-z', '--stdin', ...attributes], input: paths });
  return parseConversions(output);
}

function describe(conversions: readonly Conversion[], what: string): readonly string[] {
  const [first] = conversions;
  if (first === undefined) return [];
  const count = new Set(conversions.map(({ path }) => path)).size;
  const example = `such as ${first.path} with ${first.attribute}=${first.value}; ${String(count)} in all`;
  return [`${what} (${example}): commits made here hold these files as they are on disk.`];
}

/** Reads the output of `check-attr -z`: path, attribute and value by turns. */
function parseConversions(output: string): readonly Conversion[] {
  const parts = output.split('\0');
  const conversions: Conversion[] = [];
  for (let index = 0; index + 2 < parts.length; index += 3) {
    const [path = '', attribute = '', value = ''] = parts.slice(index, index + 3);
    if (!UNSET.includes(value)) conversions.push({ path, attribute, value });
  }
  return conversions;
}
