import {
  addDomain,
  adoptOverride,
  chooseDomain,
  classifyTask,
  type ModeName,
  PromptRefusedError,
  type PromptTemplate,
  type RunContext,
  templateFingerprint,
} from '@jarvis/core';

import type { Dialect } from '../dialect/dialect.ts';
import { listPrompts } from '../dialect/list-questions.ts';
import type { Accepted } from '../engine/run-records.ts';

export interface PromptWish {
  readonly task: string;
  readonly dialect: Dialect;
  readonly mode: ModeName;
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
  { task, dialect, mode, overrides }: PromptWish,
): Promise<ChosenPrompts> {
  const own = await readOverrides(context, { dialect, overrides });
  const replace = (prompt: PromptTemplate) => own.find(({ id }) => id === prompt.id) ?? prompt;
  const field = dialect.domains === undefined ? undefined : chooseDomain(classifyTask(task));
  const domain = field === undefined ? undefined : dialect.domains?.[field.kind];

  const complete = (prompt: PromptTemplate) =>
    domain === undefined ? replace(prompt) : addDomain(replace(prompt), replace(domain));
  const aboutFiles = [dialect.work, dialect.audit, dialect.review].map((question) => question?.prompt.id);
  const prompts = [
    ...listPrompts(dialect, mode).map((prompt) =>
      aboutFiles.includes(prompt.id) ? complete(prompt) : replace(prompt),
    ),
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
  { dialect, overrides }: Omit<PromptWish, 'task' | 'mode'>,
): Promise<readonly PromptTemplate[]> {
  const [id] = Object.keys(overrides);
  if (id === undefined) return [];
  if (readPromptOverrides === undefined) {
    throw new PromptRefusedError({ id, problems: ['nothing here reads files with prompts'] });
  }
  const replaceable = {
    prompts: listPrompts(dialect, 'PHASE3'),
    parts: Object.values(dialect.domains ?? {}),
  };
  return (await readPromptOverrides(overrides)).map((override) => adoptOverride(override, replaceable));
}
