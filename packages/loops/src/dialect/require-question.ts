import type { Dialect } from './dialect.ts';

type Optional = 'split' | 'audit' | 'decide' | 'clarify';

/** A question a mode with stages asks; that the dialect has it was found out before the run was accepted. */
export function requireQuestion<Name extends Optional>(
  dialect: Dialect,
  name: Name,
): NonNullable<Dialect[Name]> {
  const question = dialect[name];
  if (question === undefined) throw new TypeError(`the dialect ${dialect.id} does not ask for "${name}"`);
  return question;
}
