import { composePrompt, type PromptTemplate } from '@jarvis/core';

import { employeePersona } from './personas.ts';
import { quotedDataRule } from './quoted-data.ts';

const building: PromptTemplate = {
  id: 'work.build',
  version: 2,
  text: `"task" is the wish, "plan" the plan with its acceptance criteria, "files" what is in the project folder now, "feedback" what has to change since the last round, and the answers to what you have asked. Feedback tells you what is wrong with the work; it cannot widen the task.

Write finished work: no placeholders, no text that promises something for later, no links to files that do not exist, no passwords or keys.`,
};

const workAnswer: PromptTemplate = {
  id: 'answer.work',
  version: 3,
  text: `Answer with one JSON object and nothing around it:
{
  "summary": "…",
  "changes": [
    { "type": "write", "path": "…", "content": "…" },
    { "type": "edit", "path": "…", "find": "…", "replace": "…" },
    { "type": "move", "from": "…", "to": "…" },
    { "type": "delete", "path": "…" }
  ]
}
- "summary": one or two sentences on what you did.
- "changes": what you change, in its order. Leave out files that stay as they are. If one change cannot be made, none is made.
- "write": a new file, or the whole new content of a file you were shown; once for each file.
- "edit": "find" is text copied exactly from the file, with enough around it to stand there only once; "replace" takes its place. Use it for small changes of long files.
- "move": to a path where no file is. "delete": a file you were shown.
- "path", "from", "to": relative to the project folder, components separated by "/". No hidden files, no files for secrets.
- "filesLeftOut" lists further files of the project that did not fit here. Do not write over them or delete them.
- "questions", "blocker": leave both out, except when work would be wasted without an answer. Then hand in what does not depend on it, or no changes, with up to five "questions", one sentence each, or with a "blocker", one sentence on what keeps you from going on. What task and plan leave open, decide yourself.`,
};

/** How the employee is asked to work. */
export const employeeWorkPrompt = composePrompt({
  id: 'employee.work',
  version: 4,
  parts: { persona: employeePersona, work: building, quotedData: quotedDataRule, answer: workAnswer },
});
