import { type ConfigInput, InvalidConfigError, type RunContext } from '@jarvis/core';

/**
 * A given context brings its own client and cache; other ones beside it would be read and not followed.
 *
 * @throws {@link InvalidConfigError} naming them.
 */
export function refuseWhatContextHas({ llm }: ConfigInput, context: RunContext): void {
  const has = context.config.llm;
  const others = [
    ...(llm?.baseUrl === undefined || llm.baseUrl === has.baseUrl ? [] : ['llm.baseUrl']),
    ...(llm?.cache === undefined || llm.cache === has.cache ? [] : ['llm.cache']),
  ];
  if (others.length === 0) return;
  const problem = 'the context that was given has its own. Set it where the context is made.';
  throw new InvalidConfigError({ problems: others.map((key) => ({ origin: 'config', key, problem })) });
}
