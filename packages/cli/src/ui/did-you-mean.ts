/** At most this many letters may differ. */
const MOST_DIFFERENCES = 2;

/** A question for whoever has mistyped a word, or nothing when no known one is near. */
export function didYouMean(written: string, known: readonly string[]): string {
  const near = known
    .map((word) => ({ word, distance: distanceOf(written, word) }))
    .filter(({ distance }) => distance <= MOST_DIFFERENCES)
    .sort((one, other) => one.distance - other.distance)[0];
  return near === undefined ? '' : `Did you mean ${near.word}? `;
}

/** How many letters have to be put in, taken out or replaced; long words are not looked at. */
function distanceOf(one: string, other: string): number {
  if (one.length > other.length + MOST_DIFFERENCES) return Infinity;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [at, expected] of [...other].entries()) {
      const replaced = (row[at] ?? 0) + (letter === expected ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? Infinity;
}
