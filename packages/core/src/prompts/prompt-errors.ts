import { JarvisError } from '../errors/jarvis-error.ts';

/** A prompt of the user's cannot take the place of a built-in one. Nothing was asked with it. */
export class PromptRefusedError extends JarvisError<'JARVIS_PROMPT_REFUSED'> {
  readonly code = 'JARVIS_PROMPT_REFUSED';
  /** The prompt it was to replace. */
  readonly id: string;
  /** Everything that is wrong with it. */
  readonly problems: readonly string[];

  constructor({ id, problems, cause }: { id: string; problems: readonly string[]; cause?: unknown }) {
    super(
      `The prompt for "${id}" (prompts.overrides) cannot be used: ${problems.join('; ')}. ` +
        'Correct the file, and check it with: jarvis prompts lint <file>',
      { cause },
    );
    this.id = id;
    this.problems = problems;
  }
}
