import type { LlmRequest } from '@jarvis/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { simulatedTeam } from './simulated-team.ts';

const BAKERY = 'Build a landing page for a bakery called Rye & Shine';
const TASKS = Array.from({ length: 60 }, (_, index) => `Build page number ${String(index)}`);

describe('simulatedTeam', () => {
  it('gives the same answer to the same question', () => {
    const question = ask('work', { task: BAKERY, round: 1 });

    const answers = [simulatedTeam(question), simulatedTeam(question)];

    expect(answers[0]).toBe(answers[1]);
  });

  it('names the subject of the task and escapes it', () => {
    const { changes } = readWork(simulatedTeam(ask('work', { task: BAKERY, round: 2 })));

    expect(changes[0]?.content).toContain('<title>Rye &amp; Shine</title>');
  });

  it('says in the page that no model was used', () => {
    const { changes } = readWork(simulatedTeam(ask('work', { task: BAKERY, round: 2 })));

    expect(changes[0]?.content).toContain('JARVIS simulation (no model was used)');
  });

  it('makes different slips in the first round of different tasks, and none in the second', () => {
    const first = new Set(TASKS.map((task) => shape(simulatedTeam(ask('work', { task, round: 1 })))));
    const second = new Set(TASKS.map((task) => shape(simulatedTeam(ask('work', { task, round: 2 })))));

    expect(first.size).toBeGreaterThan(second.size);
  });

  it('answers some tasks in a form that has to be repaired, and repairs it when told', () => {
    const odd = TASKS.filter((task) => !isPlan(simulatedTeam(ask('plan', { task }))));
    const repaired = odd.map((task) =>
      simulatedTeam(ask('plan', { task }, 'The answer has the wrong shape.')),
    );

    expect(odd.length).toBeGreaterThan(0);
    expect(repaired.every(isPlan)).toBe(true);
  });

  it('does not approve while a check reports an error', () => {
    const findings = [
      { severity: 'error', description: 'An image has no alternative text.', file: 'index.html' },
    ];

    const review: unknown = JSON.parse(simulatedTeam(ask('review', { task: BAKERY, round: 3, findings })));

    expect(review).toEqual({ approved: false, feedback: ['index.html: An image has no alternative text.'] });
  });

  it('answers each thing the employee has asked', () => {
    const answer: unknown = JSON.parse(simulatedTeam(ask('clarify', { task: BAKERY, asked: ['A?', 'B?'] })));

    expect(answer).toEqual({ answers: [expect.any(String), expect.any(String)] });
  });

  it('adds the section that a review asked for', () => {
    const feedback = ['index.html: add a section "Opening hours" after what is offered.'];

    const { changes } = readWork(simulatedTeam(ask('work', { task: BAKERY, round: 2, feedback })));

    expect(changes[0]?.content).toContain('<h2>Opening hours</h2>');
  });
});

function ask(purpose: string, brief: object, complaint?: string): LlmRequest {
  const repair =
    complaint === undefined
      ? []
      : [{ role: 'assistant', content: '…' } as const, { role: 'user', content: complaint } as const];
  return {
    model: 'simulation',
    role: 'manager',
    purpose,
    messages: [
      { role: 'system', content: 'system' },
      { role: 'user', content: JSON.stringify(brief) },
      ...repair,
    ],
    replyFormat: { type: 'json' },
    maxOutputTokens: 1_000,
    minOutputTokens: 1,
  };
}

function isPlan(answer: string): boolean {
  try {
    return z.object({ steps: z.array(z.string()) }).safeParse(JSON.parse(answer)).success;
  } catch {
    return false; // fenced: read by the reply parser, not here
  }
}

function readWork(answer: string) {
  return z.object({ changes: z.array(z.object({ content: z.string() })) }).parse(JSON.parse(answer));
}

/** What a page is like, apart from the words of the task. */
function shape(answer: string): string {
  return answer.replaceAll(/page number \d+/giu, 'page');
}
