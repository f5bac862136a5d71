import type { Round } from '../engine/run-state.ts';

/** What the employee has left open, beside what it says it did. */
export type WithQuestions = Pick<NonNullable<Round['work']>, 'summary' | 'questions' | 'blocker'>;

/** What somebody has to answer: the questions, and last what keeps the employee from going on. */
export function listAsked(work: Pick<WithQuestions, 'questions' | 'blocker'> | undefined): readonly string[] {
  return [...(work?.questions ?? []), ...(work?.blocker === undefined ? [] : [work.blocker])];
}

/** Whether the employee asks instead of handing something in. */
export function asksOnly(work: Round['work']): boolean {
  return work?.files.length === 0 && work.problems === undefined && listAsked(work).length > 0;
}

/** The employee's own words with what it left open, for whoever judges the work. */
export function tellWork({ summary, questions = [], blocker }: WithQuestions): string {
  return [
    summary,
    ...questions.map((question) => `Question: ${question}`),
    ...(blocker === undefined ? [] : [`It cannot go on: ${blocker}`]),
  ].join('\n');
}
