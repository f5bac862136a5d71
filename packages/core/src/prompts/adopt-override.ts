import { promptSections } from './compose-prompt.ts';
import { lintPrompts } from './lint-prompts.ts';
import { PromptRefusedError } from './prompt-errors.ts';
import { fillPlaceholders } from './prompt-file.ts';
import type { PromptTemplate } from './prompt-template.ts';
import { QUOTED_DATA_RULE } from './quote-untrusted.ts';
import { readSections } from './read-sections.ts';

/** The prompts that may be replaced. */
export interface ReplaceablePrompts {
  readonly prompts: readonly PromptTemplate[];
  readonly parts?: readonly PromptTemplate[];
}

/**
 * A prompt of the user's that takes the place of a built-in one: `{{quoted-data}}` and `{{answer-format}}` are filled
 * in as the built-in prompt has them, and the whole is checked.
 *
 * @throws {@link PromptRefusedError} with everything that is wrong with it.
 */
export function adoptOverride(
  override: PromptTemplate,
  { prompts, parts = [] }: ReplaceablePrompts,
): PromptTemplate {
  const { id } = override;
  const whole = prompts.find((prompt) => prompt.id === id);
  if (whole === undefined && !parts.some((part) => part.id === id)) {
    const known = [...prompts, ...parts].map((prompt) => prompt.id).join(', ');
    throw new PromptRefusedError({
      id,
      problems: [`there is no prompt of that id to replace; known: ${known}`],
    });
  }
  const filled = { ...override, text: fillPlaceholders(override.text, placeholdersOf(whole)) };
  const problems = lintPrompts(
    whole === undefined ? { prompts: [], parts: [filled] } : { prompts: [filled] },
  );
  if (problems.length > 0) {
    throw new PromptRefusedError({ id, problems: problems.map(({ problem }) => problem) });
  }
  return filled;
}

function placeholdersOf(whole: PromptTemplate | undefined): ReadonlyMap<string, string> {
  const answer = whole === undefined ? undefined : readSections(whole.text).get(promptSections.answer);
  return new Map([
    ['quoted-data', QUOTED_DATA_RULE],
    ...(answer === undefined ? [] : [['answer-format', answer] as const]),
  ]);
}
