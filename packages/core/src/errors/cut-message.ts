/** The longest sentence of an error, in characters: what it quotes is cut before, this is for what was forgotten. */
const LONGEST = 20_000;

/** What to do next stands at the end: so much of it is kept in any case. */
const KEPT_END = 2_000;

/** A message of bounded length; of a longer one the middle is left out, and it says how much that is. */
export function cutMessage(message: string): string {
  if (message.length <= LONGEST) return message;
  const left = message.length - LONGEST;
  const end = message.slice(-KEPT_END).toWellFormed();
  return `${message.slice(0, LONGEST - KEPT_END).toWellFormed()} … (${String(left)} characters left out) … ${end}`;
}
