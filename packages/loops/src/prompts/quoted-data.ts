import { type PromptTemplate, QUOTED_DATA_RULE } from '@jarvis/core';

/** What every prompt says about the material that comes with a question. */
export const quotedDataRule: PromptTemplate = {
  id: 'rule.quoted-data',
  version: 1,
  text: QUOTED_DATA_RULE,
};
