import { GitUnusableError } from '@jarvis/core';

import { type Git, toCommandError } from './git-call.ts';

const PATTERN = String.raw`^hook\.`;
const NO_MATCH = 1;

/**
 * The names of the hooks that the configuration holds, whoever wrote it. Git before 2.55 has no other way to switch
 * one off than by its name, and later ones ignore the other way where a hook has the name of an event.
 */
export async function listConfiguredHooks(git: Git): Promise<readonly string[]> {
  const args = ['config', '-z', '--name-only', '--get-regexp', PATTERN] as const;
  const outcome = await git.attempt({ args: [...args] });
  if (outcome.exitCode !== 0 && outcome.exitCode !== NO_MATCH) throw toCommandError(args, outcome);
  const names = outcome.stdout.split('\0').flatMap((key) => /^hook\.(.+)\.[^.]+$/su.exec(key)?.[1] ?? []);
  // Bytes that are not UTF-8 do not come back as they were, so that hook would not be switched off.
  const unreadable = names.find((name) => name.includes('\uFFFD'));
  if (unreadable === undefined) return [...new Set(names)];
  throw new GitUnusableError({
    problem: `the name of the configured hook ${unreadable} is not UTF-8; rename it in the configuration of git`,
  });
}

/** What switches the hooks off in one git process. A name may hold `=`, which no option can be given with. */
export function silenceHooks(names: readonly string[]): Readonly<Record<string, string>> {
  const pairs = names.flatMap((name, index): [string, string][] => [
    [`GIT_CONFIG_KEY_${String(index)}`, `hook.${name}.enabled`],
    [`GIT_CONFIG_VALUE_${String(index)}`, 'false'],
  ]);
  return names.length === 0 ? {} : { GIT_CONFIG_COUNT: String(names.length), ...Object.fromEntries(pairs) };
}
