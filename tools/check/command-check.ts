import { runCommand } from '../workspace/run-command.ts';
import type { Check } from './check.ts';

/** Builds a check that holds when a command succeeds. */
export function commandCheck(
  name: string,
  command: readonly [string, ...string[]],
  { repair }: { readonly repair: string },
): Check {
  return {
    name,
    async run() {
      const { code, output } = await runCommand(command);
      return code === 0 ? [] : [`${output.trim()}\nRepair: ${repair}`];
    },
  };
}
