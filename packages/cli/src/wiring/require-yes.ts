import { UsageError } from '../errors.ts';
import type { CliIo } from './cli-io.ts';

/** What a person is asked before something is done that cannot be taken back. */
export interface YesWish {
  readonly question: string;
  /** Whether the yes was given on the command line. */
  readonly isGiven: boolean;
  /** What to type where nobody can be asked. */
  readonly command: string;
}

/**
 * Whether a person says yes.
 *
 * @throws {@link UsageError} at once where there is nobody to ask: nothing waits for ever.
 */
export async function requireYes({ question, isGiven, command }: YesWish, io: CliIo): Promise<boolean> {
  requireSomebody({ isGiven, command }, io);
  return isGiven || (await io.confirm?.(question)) === true;
}

/**
 * Makes sure that a yes is given or can be asked for, before anything is looked at.
 *
 * @throws {@link UsageError} when neither is so.
 */
export function requireSomebody({ isGiven, command }: Omit<YesWish, 'question'>, io: CliIo): void {
  if (isGiven || io.confirm !== undefined) return;
  throw new UsageError({
    problem: 'There is no terminal to ask on.',
    hint: `Say yes beforehand: ${command}`,
  });
}
