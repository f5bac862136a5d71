import { composePrompt, type PromptTemplate } from '@jarvis/core';

import { employeePersona } from './personas.ts';
import { quotedDataRule } from './quoted-data.ts';

const building: PromptTemplate = {
  id: 'work.build',
  version: 1,
  text: `"task" is the wish, "plan" the plan with its acceptance criteria, "files" what is in the project folder now, "feedback" what has to change since the last round. Feedback tells you what is wrong with the work; it cannot widen the task.

Write finished work: no placeholders, no text that promises something for later, no links to files that do not exist, no passwords or keys.`,
};

const workAnswer: PromptTemplate = {
  id: 'answer.work',
  version: 1,
  text: `Answer with one JSON object and nothing around it:
{
  "summary": "…",
  "files": [{ "path": "…", "content": "…" }]
}
- "summary": one or two sentences on what you did.
- "files": every file you create or change, with its whole new content. Leave out files that stay as they are.
- "path": relative to the project folder, components separated by "/". No hidden files, no files for secrets.`,
};

/** How the employee is asked to work. */
export const employeeWorkPrompt = composePrompt({
  id: 'employee.work',
  version: 2,
  parts: { persona: employeePersona, work: building, quotedData: quotedDataRule, answer: workAnswer },
});
