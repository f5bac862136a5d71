import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { LONG_LINE, MISSING_TITLE, REMARK } from '../../test/findings.ts';
import { evolveStage, newStage } from '../evolve-stage.ts';
import type { StageEvent } from '../machine/stage-event.ts';
import { carryOver } from './carry-over.ts';
import type { CarryOverRequest } from './carry-over.ts';
import type { MemoryEntry } from './memory-entry.ts';
import { toStageMemory } from './stage-memory.ts';
import type { StageMemory } from './stage-memory.ts';

const REQUEST: CarryOverRequest = {
  stageId: 'checkout',
  about: 'Add up the cart and take the payment',
  budgetTokens: 10_000,
  count: (text) => text.length,
};

describe('toStageMemory', () => {
  it('tells by kind what was remembered, found and tried', () => {
    const memory = memoryOf('layout', [
      remember({ kind: 'decision', text: 'No framework' }),
      { type: 'start' },
      { type: 'deliver', contentHash: 'a1', edits: [{ path: 'index.html', before: null, after: 'p1' }] },
      { type: 'audit', contentHash: 'a1', findings: [MISSING_TITLE, REMARK] },
      { type: 'escalate', step: 'other_instructions' },
      remember({ kind: 'clarification', question: 'How many pages?', answer: 'One.' }),
      remember({ kind: 'note', text: 'The logo is provisional' }),
      remember({ kind: 'link', stageId: 'checkout', text: 'has its button' }),
    ]);

    expect(memory.decisions.map(({ text }) => text)).toEqual(['No framework']);
    expect(memory.clarifications.map(({ answer }) => answer)).toEqual(['One.']);
    expect(memory.notes.map(({ text }) => text)).toEqual(['The logo is provisional']);
    expect(memory.links.map(({ stageId }) => stageId)).toEqual(['checkout']);
    expect(memory.findings).toHaveLength(2);
    expect(memory.unsettled).toHaveLength(1);
    expect(memory.iterations).toEqual([
      { number: 1, contentHash: 'a1', unsettled: 1, escalations: ['other_instructions'] },
    ]);
    expect(memory.files).toEqual(['index.html']);
  });
});

describe('carryOver', () => {
  it('tells what is linked, needed or about the same files and words before the rest', () => {
    const memories = [
      memoryOf('imprint', [remember({ kind: 'decision', text: 'The address stands below' })]),
      memoryOf('prices', [remember({ kind: 'note', text: 'They come from a file' })]),
      memoryOf('layout', [remember({ kind: 'link', stageId: 'checkout', text: 'keeps room for it' })]),
      memoryOf('cart', [remember({ kind: 'note', text: 'The cart rounds up' })]),
      memoryOf('checkout', [remember({ kind: 'note', text: 'Begun once before' })]),
    ];

    const { entries } = carryOver(memories, { ...REQUEST, dependsOn: ['prices'] });

    expect(entries.map(({ stageId }) => stageId)).toEqual([
      'layout',
      'checkout',
      'prices',
      'cart',
      'imprint',
    ]);
  });

  it('tells findings of the files it is about, with what became of them, and no verified ones', () => {
    const found = memoryOf('layout', [
      { type: 'start' },
      { type: 'deliver', contentHash: 'a1', edits: [{ path: 'index.html', before: null, after: 'p1' }] },
      { type: 'audit', contentHash: 'a1', findings: [MISSING_TITLE, LONG_LINE] },
      { type: 'fix' },
      { type: 'deliver', contentHash: 'b2' },
      { type: 'audit', contentHash: 'b2', findings: [LONG_LINE] },
      { type: 'complete', acceptReason: 'nobody\n reads it' },
    ]);

    const { text } = carryOver([found], { ...REQUEST, files: ['index.html'] });

    expect(text.split('\n')).toEqual([
      '- layout, finding: index.html:12: A line is longer than 120 characters. [warning, accepted: nobody reads it]',
      '- layout, iteration: 2 audits, 1 findings left by the last',
    ]);
  });

  it('tells the newest first of what is equally relevant', () => {
    const memory = memoryOf('layout', [
      remember({ kind: 'decision', text: 'First', reason: 'it began so' }),
      remember({ kind: 'decision', text: 'Second' }),
    ]);

    expect(carryOver([memory], REQUEST).entries.map(({ text }) => text)).toEqual([
      'Second',
      'First (it began so)',
    ]);
  });

  it('passes over what is too long, and says how much is left out', () => {
    const memory = memoryOf('layout', [
      remember({ kind: 'note', text: 'short' }),
      remember({ kind: 'decision', text: 'long '.repeat(50) }),
    ]);

    const told = carryOver([memory], { ...REQUEST, budgetTokens: 40 });

    expect(told).toMatchObject({ text: '- layout, note: short', tokens: 21, leftOut: 1 });
  });

  it('looks at the two hundred most relevant entries and no more', () => {
    const notes = Array.from({ length: 250 }, (_, index) =>
      remember({ kind: 'note', text: `note ${String(index)}` }),
    );

    const { entries, leftOut } = carryOver([memoryOf('layout', notes)], REQUEST);

    expect([entries.length, leftOut]).toEqual([200, 50]);
  });

  it('never goes over the budget and always says the same', () => {
    const text = fc.string({ minLength: 1, maxLength: 30 }).map((words) => `x${words}`);
    const memories = fc.array(fc.array(text, { maxLength: 5 }), { maxLength: 5 });

    fc.assert(
      fc.property(memories, fc.nat({ max: 200 }), (texts, budgetTokens) => {
        const known = texts.map((notes, index) =>
          memoryOf(
            `stage-${String(index)}`,
            notes.map((note) => remember({ kind: 'note', text: note })),
          ),
        );
        const request = { ...REQUEST, budgetTokens };

        const told = carryOver(known, request);

        expect(told.tokens).toBeLessThanOrEqual(budgetTokens);
        expect(told.entries.length + told.leftOut).toBe(texts.flat().length);
        expect(carryOver(known, request)).toEqual(told);
      }),
    );
  });
});

function remember(entry: MemoryEntry): StageEvent {
  return { type: 'remember', entry };
}

function memoryOf(stageId: string, events: readonly StageEvent[]): StageMemory {
  return toStageMemory(stageId, events.reduce(evolveStage, newStage));
}
