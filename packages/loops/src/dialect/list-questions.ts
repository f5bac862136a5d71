import type { ModeName, PromptTemplate } from '@jarvis/core';

import type { Dialect, Question } from './dialect.ts';

type QuestionName = 'plan' | 'split' | 'work' | 'audit' | 'review' | 'decide' | 'clarify';

const QUESTIONS: Readonly<Record<ModeName, readonly QuestionName[]>> = {
  SIMPLE_2LOOP: ['plan', 'work', 'review'],
  LEGACY_3LOOP: ['plan', 'split', 'work', 'review'],
  PHASE3: ['plan', 'split', 'work', 'audit', 'review', 'decide', 'clarify'],
  CONTEXT_AWARE: ['plan', 'split', 'work', 'audit', 'review', 'decide', 'clarify'],
};

/** The prompts a dialect asks with in a mode. */
export function listPrompts(dialect: Dialect, mode: ModeName): readonly PromptTemplate[] {
  return QUESTIONS[mode].flatMap((name) => dialect[name]?.prompt ?? []);
}

/** What a dialect would have to ask to speak in a mode, and does not. */
export function findMissingQuestions(dialect: Dialect, mode: ModeName): readonly string[] {
  return mode === 'SIMPLE_2LOOP' || dialect.split !== undefined ? [] : ['split'];
}

/** A dialect that asks with other prompts. */
export function mapPrompts(dialect: Dialect, map: (prompt: PromptTemplate) => PromptTemplate): Dialect {
  const change = <Brief, Reply>(question: Question<Brief, Reply>): Question<Brief, Reply> => ({
    ...question,
    prompt: map(question.prompt),
  });
  const { split, audit, decide, clarify } = dialect;
  return {
    ...dialect,
    plan: change(dialect.plan),
    work: change(dialect.work),
    review: change(dialect.review),
    ...(split === undefined ? {} : { split: change(split) }),
    ...(audit === undefined ? {} : { audit: change(audit) }),
    ...(decide === undefined ? {} : { decide: change(decide) }),
    ...(clarify === undefined ? {} : { clarify: change(clarify) }),
  };
}
