/** What stands for the lines a safety report has: their words are each writer's own. */
export const SAFETY_LINE = 'SAFETY';

const REPORT = /^(?:SAFETY:\d|Safety: )/u;

/** A user message in which the lines of a safety report are one line that says no more than that they are there. */
export function foldSafety(user: unknown): unknown {
  if (typeof user !== 'object' || user === null || !('feedback' in user)) return user;
  const { feedback } = user;
  if (!Array.isArray(feedback)) return user;
  const lines = feedback.map((line: unknown) =>
    typeof line === 'string' && REPORT.test(line) ? SAFETY_LINE : line,
  );
  return { ...user, feedback: lines.filter((line, at) => line !== SAFETY_LINE || lines[at - 1] !== line) };
}
