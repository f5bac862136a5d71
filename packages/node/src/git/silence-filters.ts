import { type Git, toCommandError } from './git-call.ts';

const PATTERN = String.raw`^filter\.`;
const NO_MATCH = 1;

/**
 * What switches off, in one git process, the filters that the configuration holds: programs that git starts to compare
 * a file with what was committed. Attributes without a filter of that name mean nothing to git.
 */
export async function silenceFilters(git: Git): Promise<Readonly<Record<string, string>>> {
  const args = ['config', '-z', '--name-only', '--get-regexp', PATTERN] as const;
  const outcome = await git.attempt({ args: [...args] });
  if (outcome.exitCode !== 0 && outcome.exitCode !== NO_MATCH) throw toCommandError(args, outcome);
  const found = outcome.stdout.split('\0').flatMap((key) => /^filter\.(.+)\.[^.]+$/su.exec(key)?.[1] ?? []);
  const names = [...new Set(found)];
  // Bytes that are not UTF-8 do not come back as they were, so that filter would not be switched off.
  if (names.some((name) => name.includes('\uFFFD'))) {
    throw toCommandError(args, { ...outcome, stderr: 'the name of a filter is not UTF-8' });
  }
  return toVariables(
    names.flatMap((name) => [
      [`filter.${name}.clean`, ''],
      [`filter.${name}.process`, ''],
      [`filter.${name}.required`, 'false'],
    ]),
  );
}

/** A name may hold `=`, which no option can be given with. */
function toVariables(settings: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  const pairs = settings.flatMap(([key, value], index): [string, string][] => [
    [`GIT_CONFIG_KEY_${String(index)}`, key],
    [`GIT_CONFIG_VALUE_${String(index)}`, value],
  ]);
  return settings.length === 0
    ? {}
    : { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(pairs) };
}
