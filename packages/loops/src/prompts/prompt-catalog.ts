import type { ComposedPrompt, PromptTemplate } from '@jarvis/core';

import { domainPrompts } from './domains.ts';
import { employeeWorkPrompt } from './employee.ts';
import {
  managerClarifyPrompt,
  managerDecidePrompt,
  managerPlanPrompt,
  managerReviewPrompt,
} from './manager.ts';
import { employeePersona, managerPersona, supervisorPersona } from './personas.ts';
import { quotedDataRule } from './quoted-data.ts';
import { supervisorAuditPrompt, supervisorSplitPrompt } from './supervisor.ts';

/** The prompts of this release: whole ones, and the parts that have an id of their own. Those of fields can be replaced. */
export const builtInPrompts: {
  readonly prompts: readonly ComposedPrompt[];
  readonly domains: readonly PromptTemplate[];
  readonly parts: readonly PromptTemplate[];
} = {
  prompts: [
    managerPlanPrompt,
    supervisorSplitPrompt,
    employeeWorkPrompt,
    supervisorAuditPrompt,
    managerReviewPrompt,
    managerDecidePrompt,
    managerClarifyPrompt,
  ],
  domains: Object.values(domainPrompts),
  parts: [managerPersona, supervisorPersona, employeePersona, quotedDataRule],
};
