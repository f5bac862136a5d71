import { pageLimits, type PageSummary } from '@jarvis/core';

import { cleanText } from './clean-text.ts';

/** The attributes of an element, by their names in small letters. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/** A text cut to what a summary tells; `undefined` for one that nobody sees. */
export function shortText(text: string | undefined): string | undefined {
  const clean = cleanText(text ?? '', pageLimits.text);
  return clean === '' ? undefined : clean;
}

/** Whether attributes say what an element is for. */
export function hasName(attributes: Attributes): boolean {
  return ['aria-label', 'aria-labelledby', 'title'].some((name) => shortText(attributes[name]) !== undefined);
}

/** How a form is sent. */
export function methodOf({ method }: Attributes): PageSummary['forms'][number]['method'] {
  const written = method?.trim().toLowerCase();
  return written === 'post' || written === 'dialog' ? written : 'get';
}
