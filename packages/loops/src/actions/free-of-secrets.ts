import type { ActionScope } from './action-scope.ts';

/**
 * Whether a text that came from elsewhere may be kept with the run and shown. A diff hides what it shows behind its
 * signs, so each line is also searched without its first character. What cannot be searched is not kept.
 */
export async function isFreeOfSecrets(
  { context: { secrets } }: Pick<ActionScope, 'context'>,
  text: string,
): Promise<boolean> {
  const texts = [text, text.replaceAll(/^./gmu, '')];
  if (texts.some((each) => secrets.holdsKnownSecret(each))) return false;
  try {
    const found = await secrets.scan(texts.map((content) => ({ path: 'shown text', content })));
    return found.length === 0;
  } catch {
    return false;
  }
}
