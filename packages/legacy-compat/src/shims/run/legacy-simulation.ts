import type { LlmRequest, SimulatedModel } from '@jarvis/core';
import { z } from 'zod';

const briefSchema = z.looseObject({
  task: z.string().default(''),
  feedback: z.unknown().optional(),
  iteration: z.int().default(1),
  files: z.unknown().optional(),
});

type Brief = z.infer<typeof briefSchema>;

const FOOTER = 'It has no footer';

/** A small team that answers in the old forms, without a model: its first page misses something, its second does not. */
export const legacySimulation: SimulatedModel = (request) => JSON.stringify(answer(request));

function answer(request: LlmRequest): unknown {
  const brief = readBrief(request);
  switch (request.purpose) {
    case 'plan':
      return {
        plan: ['Write index.html', 'Say how to get in touch in a footer'],
        acceptance_criteria: ['It has a footer'],
      };
    case 'split':
      return { phases: [{ name: 'Page', categories: ['layout_structure'], plan_steps: [0, 1] }] };
    case 'work':
      return { files: { 'index.html': writePage(brief) } };
    case 'audit':
      return { findings: JSON.stringify(brief.files ?? null).includes('<footer>') ? [] : [finding] };
    case 'review':
      return brief.iteration > 1
        ? { status: 'approved', feedback: [] }
        : { status: 'needs_changes', feedback: [FOOTER] };
    default:
      return { answer: 'This is a simulation.' };
  }
}

const finding = {
  severity: 'warning',
  category: 'layout_structure',
  description: FOOTER,
  file_path: 'index.html',
};

function writePage({ task, feedback }: Brief): string {
  const title = task.replaceAll(/[<>&]/gu, ' ').slice(0, 80);
  const footer = JSON.stringify(feedback ?? null).includes(FOOTER) ? '<footer>Write to us</footer>' : '';
  return `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1>${footer}</html>\n`;
}

/** The user message; that of the plan is the task itself. */
function readBrief({ messages }: LlmRequest): Brief {
  const text = messages.find(({ role }) => role === 'user')?.content ?? '';
  try {
    return briefSchema.parse(JSON.parse(text));
  } catch {
    return briefSchema.parse({ task: text }); // a text that is no brief is the task
  }
}
