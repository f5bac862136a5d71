/** A model that is told of so many problems has enough to correct. */
const MOST_LISTED = 50;

/** The first fifty problems of an answer, and how many there are beside them. */
export function firstProblems(problems: readonly string[]): readonly string[] {
  const hidden = problems.length - MOST_LISTED;
  return hidden > 0 ? [...problems.slice(0, MOST_LISTED), `And ${String(hidden)} more.`] : problems;
}
