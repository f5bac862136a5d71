/**
 * Whether a path is meant by a pattern: `*` stands for a part of a name, `**` for any folders, all else for itself.
 * In time bounded by the product of the two lengths, whatever the pattern is.
 */
export function matchesFile(pattern: string, path: string): boolean {
  return matchesSequence(pattern.split('/'), path.split('/'), {
    any: '**',
    matches: (part, name) => matchesSequence(Array.from(part), Array.from(name), LETTERS),
  });
}

interface Sequence {
  /** Stands for any number of parts. */
  readonly any: string;
  readonly matches: (part: string, name: string) => boolean;
}

const LETTERS: Sequence = { any: '*', matches: (letter, other) => letter === other };

/** Where it goes wrong, only the last `any` is given one more: an earlier one could not do better. */
function matchesSequence(
  pattern: readonly string[],
  parts: readonly string[],
  { any, matches }: Sequence,
): boolean {
  let at = 0;
  let given = 0;
  let restart = -1;
  for (let place = 0; place < parts.length;) {
    const wanted = pattern[at];
    if (wanted === any) {
      at += 1;
      restart = at;
      given = place;
    } else if (wanted !== undefined && matches(wanted, parts[place] ?? '')) {
      at += 1;
      place += 1;
    } else {
      if (restart === -1) return false;
      at = restart;
      given += 1;
      place = given;
    }
  }
  return pattern.slice(at).every((part) => part === any);
}
