import type { Check } from '@jarvis/core';

import { createHtmlCheck } from './html-check.ts';
import { jsonCheck } from './json-check.ts';
import { createLinkCheck } from './link-check.ts';

export { createHtmlCheck, createLinkCheck, jsonCheck };

/** The checks every project gets. They read files and run nothing. */
export function standardChecks(): readonly Check[] {
  return [createHtmlCheck(), jsonCheck, createLinkCheck()];
}
