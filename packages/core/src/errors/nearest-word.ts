/** Longer words are cut: nobody mistypes that much, and the comparison stays quick. */
const MAX_CHARACTERS = 64;

/** The known word nearest to a mistyped one, or `undefined` when none is near. For "did you mean" in messages. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const typed = normalise(word);
  const limit = Math.max(1, Math.floor(typed.length / 3));
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(typed, normalise(candidate)) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

function normalise(word: string): readonly string[] {
  return [...word.slice(0, MAX_CHARACTERS).toLowerCase()];
}

/** Levenshtein distance: the fewest insertions, deletions and replacements between two words. */
function editDistance(from: readonly string[], to: readonly string[]): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, character] of from.entries()) {
    const next = [line + 1];
    for (const [column, other] of to.entries()) {
      const replaced = (row[column] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
