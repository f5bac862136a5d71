import { describe, expect, it } from 'vitest';

import { compareModules } from './compare-modules.ts';
import type { OldModule } from './old-modules.ts';

function toModule(module: OldModule, text: string, names: readonly string[] = []) {
  const definitions = names.map((name) => ({ kind: 'function' as const, name, line: 1, methods: [] }));
  return { module, text, definitions };
}

const linesOf = (count: number, toLine: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => `${toLine(index)}\n`).join('');

describe('compareModules', () => {
  it('counts the lines both have in the same order, the most alike first', () => {
    const compared = compareModules([
      toModule('orchestrator', 'a\nb\nc\nd\n', ['main', 'run']),
      toModule('orchestrator_2loop', 'd\nc\nb\na\n', ['main']),
      toModule('orchestrator_phase3', 'a\nb\nc\nx\n', ['run', 'main']),
    ]);

    expect(compared).toEqual([
      {
        modules: ['orchestrator', 'orchestrator_phase3'],
        equalLinesPercent: 75,
        isInOrder: true,
        sharedNames: ['main', 'run'],
      },
      {
        modules: ['orchestrator', 'orchestrator_2loop'],
        equalLinesPercent: 25,
        isInOrder: true,
        sharedNames: ['main'],
      },
      {
        modules: ['orchestrator_2loop', 'orchestrator_phase3'],
        equalLinesPercent: 25,
        isInOrder: true,
        sharedNames: ['main'],
      },
    ]);
  });

  it('takes two empty modules for equal', () => {
    const [compared] = compareModules([toModule('orchestrator', ''), toModule('orchestrator_2loop', '')]);

    expect(compared?.equalLinesPercent).toBe(100);
  });

  it('compares long modules in order as long as they differ in little', () => {
    const one = linesOf(20_000, (index) => `line ${String(index)}`);

    const [compared] = compareModules([
      toModule('orchestrator', one),
      toModule('orchestrator_2loop', `first\n${one}`),
    ]);

    expect(compared).toMatchObject({ equalLinesPercent: 100, isInOrder: true });
  });

  it('counts the lines of modules that differ in much wherever they stand, each as often as both have it', () => {
    const one = linesOf(30_000, (index) => (index % 2 === 0 ? 'same' : `one ${String(index)}`));
    const other = linesOf(30_000, (index) => (index < 6_000 ? 'same' : `other ${String(index)}`));

    const [compared] = compareModules([toModule('orchestrator', one), toModule('orchestrator_2loop', other)]);

    expect(compared).toMatchObject({ equalLinesPercent: 20, isInOrder: false });
  });
});
