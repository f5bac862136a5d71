import {
  addDomain,
  adoptOverride,
  chooseDomain,
  classifyTask,
  PromptRefusedError,
  type PromptTemplate,
  type RunContext,
  templateFingerprint,
} from '@jarvis/core';

import type { Dialect } from '../dialect/dialect.ts';
import type { Accepted } from '../engine/run-records.ts';

export interface PromptWish {
  readonly task: string;
  readonly dialect: Dialect;
  /** Files with prompts of the user's, by the id of the prompt each replaces. */
  readonly overrides: Readonly<Record<string, string>>;
}

/** The prompts of a run, as they are pinned and as its first record names them. */
export interface ChosenPrompts {
  readonly prompts: readonly PromptTemplate[];
  readonly named: NonNullable<Accepted['prompts']>;
}

/**
 * The prompts a run is to be accepted with: those of its dialect, replaced where the user has others, and completed
 * for the field the task is from, when the dialect tells fields apart and the task is clear about it.
 *
 * @throws {@link PromptRefusedError} when a prompt of the user's cannot be used.
 */
export async function choosePrompts(
  context: Pick<RunContext, 'readPromptOverrides'>,
  { task, dialect, overrides }: PromptWish,
): Promise<ChosenPrompts> {
  const own = await readOverrides(context, { dialect, overrides });
  const replace = (prompt: PromptTemplate) => own.find(({ id }) => id === prompt.id) ?? prompt;
  const field = dialect.domains === undefined ? undefined : chooseDomain(classifyTask(task));
  const domain = field === undefined ? undefined : dialect.domains?.[field.kind];

  const complete = (prompt: PromptTemplate) =>
    domain === undefined ? replace(prompt) : addDomain(replace(prompt), replace(domain));
  const prompts = [
    replace(dialect.plan.prompt),
    complete(dialect.work.prompt),
    complete(dialect.review.prompt),
    ...(domain === undefined ? [] : [replace(domain)]),
  ];
  return {
    prompts,
    named: prompts.map((prompt) => ({
      name: templateFingerprint(prompt),
      ...(own.some(({ id }) => id === prompt.id) ? { isOwn: true } : {}),
      ...(prompt.id === domain?.id && field !== undefined ? { evidence: [...field.evidence] } : {}),
    })),
  };
}

async function readOverrides(
  { readPromptOverrides }: Pick<RunContext, 'readPromptOverrides'>,
  { dialect, overrides }: Omit<PromptWish, 'task'>,
): Promise<readonly PromptTemplate[]> {
  const [id] = Object.keys(overrides);
  if (id === undefined) return [];
  if (readPromptOverrides === undefined) {
    throw new PromptRefusedError({ id, problems: ['nothing here reads files with prompts'] });
  }
  const replaceable = {
    prompts: [dialect.plan, dialect.work, dialect.review].map(({ prompt }) => prompt),
    parts: Object.values(dialect.domains ?? {}),
  };
  return (await readPromptOverrides(overrides)).map((override) => adoptOverride(override, replaceable));
}
