import { hasErrorCode, JarvisError } from '../errors/jarvis-error.ts';
import { showValue } from '../errors/show-value.ts';

/** One thing that is wrong with a configuration. */
export interface ConfigProblem {
  /** Where it was written: a file name, `--max-cost`, `OPENAI_BASE_URL`. */
  readonly origin: string;
  /** The key, dotted: `costs.capUsd`; empty for the whole. */
  readonly key: string;
  /** What is wrong and what is allowed. */
  readonly problem: string;
}

/** A configuration that cannot be used; all its problems at once, one line each. */
export class InvalidConfigError extends JarvisError<'JARVIS_CONFIG_INVALID'> {
  readonly code = 'JARVIS_CONFIG_INVALID';
  readonly problems: readonly ConfigProblem[];

  constructor({ problems, cause }: { problems: readonly ConfigProblem[]; cause?: unknown }) {
    super(problems.map(renderProblem).join('\n'), { cause });
    this.problems = problems;
  }
}

/** Tells whether an error is about a configuration that cannot be used, whichever copy of the package made it. */
export function isInvalidConfigError(error: unknown): error is InvalidConfigError {
  return hasErrorCode(error, 'JARVIS_CONFIG_INVALID');
}

function renderProblem({ origin, key, problem }: ConfigProblem): string {
  return `${origin}: ${key === '' ? '' : `${showKey(key)}: `}${problem}`;
}

/** A key as it was written, unless it is long or holds what a terminal would act on. */
function showKey(key: string): string {
  return /^[\w.-]{1,80}$/u.test(key) ? key : showValue(key);
}
