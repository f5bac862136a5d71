import type { LlmRequest } from '@jarvis/core';
import { z } from 'zod';

import { buildSimulatedPage, type SimulatedFile, type Slip } from './simulated-page.ts';
import { choose } from './variation.ts';

const briefSchema = z.object({
  task: z.string(),
  round: z.int().positive().default(1),
  feedback: z.array(z.string()).default([]),
  files: z.array(z.object({ path: z.string(), content: z.string() })).default([]),
  stage: z.object({ planSteps: z.array(z.string()), requirements: z.array(z.string()) }).optional(),
  open: z.array(z.object({ id: z.string() })).default([]),
  questions: z.array(z.unknown()).default([]),
  asked: z.array(z.string()).default([]),
  findings: z
    .array(z.object({ severity: z.string(), description: z.string(), file: z.string().optional() }))
    .default([]),
});

type Brief = z.infer<typeof briefSchema>;

const CRITERIA = [
  'index.html names the subject of the task in its title and first heading',
  'Every image has an alternative text',
  'Every local link leads to something that exists',
];

/** What the simulated manager sometimes misses in a first version. */
const WISHED_SECTION = 'Opening hours';

/**
 * Answers as a small team would, without a model: the same question always gets the same answer. The work varies
 * with the task and is sometimes wrong at first, and so is its form, so that checks, reviews and repairs are seen.
 */
export function simulatedTeam(request: LlmRequest): string {
  const brief = readBrief(request);
  switch (request.purpose) {
    case 'plan':
      return plan(brief, isRepair(request));
    case 'split':
      return split();
    case 'work':
      return work(brief);
    case 'audit':
      return audit(brief);
    case 'decide':
      return decide(brief);
    case 'clarify':
      return clarify(brief);
    case 'review':
      return review(brief);
    default:
      return JSON.stringify({
        answer: 'This is the JARVIS simulation; it plans, builds and reviews small web pages.',
      });
  }
}

function readBrief({ messages }: LlmRequest): Brief {
  const message = messages.find(({ role }) => role === 'user')?.content ?? '{}';
  return briefSchema.parse(JSON.parse(message));
}

function isRepair({ messages }: LlmRequest): boolean {
  return messages.some(({ role }) => role === 'assistant');
}

function plan({ task }: Brief, isSecondTry: boolean): string {
  const answer = {
    steps: [
      'Write index.html with a header, what is offered and how to get in touch',
      'Write style.css for a calm, readable page on phones and screens',
      'Draw images/emblem.svg and give it an alternative text',
    ],
    acceptanceCriteria: CRITERIA,
  };
  const form = isSecondTry ? 'plain' : choose(task, 'form', ['plain', 'plain', 'fenced', 'wrong-shape']);
  if (form === 'fenced')
    return `Here is the plan:\n\n\`\`\`json\n${JSON.stringify(answer, null, 2)}\n\`\`\`\n`;
  if (form === 'wrong-shape') return JSON.stringify({ ...answer, steps: answer.steps.join('; ') });
  return JSON.stringify(answer);
}

function clarify({ asked }: Brief): string {
  return JSON.stringify({ answers: asked.map(() => 'Do what the plan says, in the plainest way.') });
}

/** The page is built last, so that what it links to is there. */
function split(): string {
  const stages = [
    {
      name: 'Look and emblem',
      goal: 'The style sheet and the emblem are there.',
      categories: ['visual_design'],
      planSteps: [2, 3],
      requirements: ['The emblem is a drawing in images/emblem.svg'],
      after: [],
    },
    {
      name: 'Page',
      goal: 'The page says what is offered and how to get in touch.',
      categories: ['layout_structure', 'content_ux'],
      planSteps: [1],
      requirements: CRITERIA,
      after: [1],
    },
  ];
  return JSON.stringify({ stages });
}

function work(brief: Brief): string {
  const { task, round, feedback, files: before } = brief;
  const slip = choose<Slip>(task, 'slip', [
    'none',
    'image-without-alt',
    'unclosed-element',
    'broken-link',
    'duplicate-id',
  ]);
  const wantsMore = [...feedback, ...before.map(({ content }) => content)].some((text) =>
    text.includes(WISHED_SECTION),
  );
  const files = buildSimulatedPage({
    task,
    slip: round === 1 ? slip : 'none',
    extraSections: wantsMore ? [WISHED_SECTION] : [],
  });
  const summary =
    round === 1
      ? 'Built the page, its style and an emblem. (simulated)'
      : 'Changed what the review asked for. (simulated)';
  const due = filesDue(brief, files);
  return JSON.stringify({ summary, changes: due.map((file) => ({ type: 'write', ...file })) });
}

/** The files the steps of a stage speak of; all of them where there are no stages. */
function filesDue({ stage }: Brief, files: readonly SimulatedFile[]): readonly SimulatedFile[] {
  const due = files.filter(({ path }) => stage?.planSteps.some((step) => step.includes(path)));
  return due.length === 0 ? files : due;
}

/** The supervisor misses in some first versions what the manager misses in others. */
function audit({ task, round, stage, open, files }: Brief): string {
  const page = files.find(({ path }) => path === 'index.html')?.content ?? '';
  const isComplete = page === '' || page.includes(WISHED_SECTION);
  const wantsMore = round === 1 && !isComplete && choose(task, 'audit', [true, false]);
  const finding = {
    severity: 'error',
    category: 'content_ux',
    file: 'index.html',
    quote: '<h2>What we offer</h2>',
    requirement: stage?.requirements[0] ?? '',
    description: `Add a section "${WISHED_SECTION}" after what is offered.`,
  };
  return JSON.stringify({
    open: open.map(({ id }) => ({ id, answer: isComplete ? 'gone' : 'still_there' })),
    findings: wantsMore ? [finding] : [],
    suggestions: [],
  });
}

function decide({ questions }: Brief): string {
  return JSON.stringify({
    answers: questions.map(() => ({ agreed: false, reason: 'The simulation takes no liberties.' })),
  });
}

function review({ task, round, findings, files }: Brief): string {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const feedback = errors.map(({ file, description }) => `${file ?? 'The project'}: ${description}`);
    return JSON.stringify({ approved: false, feedback });
  }
  const isComplete = files.some(({ content }) => content.includes(WISHED_SECTION));
  const wantsMore = round === 1 && !isComplete && choose(task, 'taste', [true, false, false]);
  const feedback = wantsMore ? [`index.html: add a section "${WISHED_SECTION}" after what is offered.`] : [];
  return JSON.stringify({ approved: !wantsMore, feedback });
}
