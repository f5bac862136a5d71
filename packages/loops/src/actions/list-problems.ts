const MOST_LISTED = 20;

/** The longest line about one problem, in characters. */
const LONGEST = 300;

/** What is wrong with an answer, cut to what can be told: twenty lines, each cut; names in it come from a model. */
export function listProblems(problems: readonly string[]): readonly string[] {
  const listed = problems.slice(0, MOST_LISTED).map(cut);
  const hidden = problems.length - listed.length;
  return hidden > 0 ? [...listed, `And ${String(hidden)} more.`] : listed;
}

function cut(problem: string): string {
  return problem.length > LONGEST ? `${problem.slice(0, LONGEST - 1).toWellFormed()}…` : problem;
}
