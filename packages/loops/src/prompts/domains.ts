import type { PromptTemplate, TaskKind } from '@jarvis/core';

/** What is added to the prompts of those who build and review, by the field a task is from. */
export const domainPrompts: Readonly<Record<Exclude<TaskKind, 'other'>, PromptTemplate>> = {
  frontend: {
    id: 'domain.frontend',
    version: 1,
    text: `The work is a user interface. It has to be usable on a small screen and with the keyboard alone: elements that say what they are, a label for every field, an alternative text for every picture, enough contrast, headings in order. No script or font from elsewhere unless the task names it. What has no content yet, is loading or has failed is shown as such.`,
  },
  backend: {
    id: 'domain.backend',
    version: 1,
    text: `The work is a service. Input from outside is checked where it comes in and refused with a status and a reason; nothing of it goes into a query, a command, a path or a page unescaped. Errors are told apart from one another and tell the caller nothing of the inside. Secrets come from the environment. What can be asked for twice has the same effect as once, or says why not.`,
  },
  data: {
    id: 'domain.data',
    version: 1,
    text: `The work is about data. It says what one row stands for, which fields may be empty, and in what unit, time zone and encoding values are. Missing, doubled and malformed rows are treated on purpose and counted, never dropped in silence. Queries take values as parameters. A change to a schema keeps what is there and can be taken back.`,
  },
  docs: {
    id: 'domain.docs',
    version: 1,
    text: `The work is a text for readers. It says first what the thing is for and who needs it, then what to do, in the order in which it is done. Every command, name and path in it is one that exists in the project's files; examples are whole and can be copied. Short sentences, one word for one thing, no praise.`,
  },
  ops: {
    id: 'domain.ops',
    version: 1,
    text: `The work is about building, shipping or running software. Versions are pinned, steps can be repeated without harm, and each says how to go back. Nothing runs with more rights than it needs; secrets are referred to by name and never written down. What may fail has a limit of time and says so where somebody looks.`,
  },
};
