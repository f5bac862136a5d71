import type { Change } from '@jarvis/core';
import { MemoryWorkspace } from '@jarvis/core/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { createTeam } from './team.ts';

const path: fc.Arbitrary<string> = fc.constantFrom(
  'a.html',
  'b.html',
  'c/d.html',
  '.hidden/e.txt',
  'new.html',
);
const text: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'of the run', '');
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ type: fc.constant('write' as const), path, content: text }),
  fc.record({ type: fc.constant('edit' as const), path, find: fc.constantFrom('a', 'b'), replace: text }),
  fc.record({ type: fc.constant('move' as const), from: path, to: path }),
  fc.record({ type: fc.constant('delete' as const), path }),
);
const round = fc.record({
  changes: fc.array(change, { maxLength: 4 }),
  touched: fc.uniqueArray(path, { maxLength: 2 }),
});

it('F46 changes no file the user touched since it was shown, whatever the answers are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 3 }), async (rounds) => {
      const workspace = new MemoryWorkspace({ files: { 'a.html': 'a', 'b.html': 'b', 'c/d.html': 'a b' } });
      let number = 0;
      let touched: readonly string[] = [];
      const expectUntouched = () => {
        for (const each of touched) expect(workspace.read(each)).toBe(`of the user ${String(number)}`);
      };
      const { jarvis } = createTeam(
        {
          changes: rounds.map(({ changes }) => changes),
          approves: [false],
          onAsked: ({ purpose }) => {
            // The files of the round before were applied by now, or never will be.
            if (purpose !== 'plan') expectUntouched();
            if (purpose !== 'work') return;
            touched = rounds[number]?.touched ?? [];
            number += 1;
            for (const each of touched) workspace.write(each, `of the user ${String(number)}`);
          },
        },
        { workspace },
      );

      await jarvis.run({ task: 'Build a page' });

      expectUntouched();
    }),
    { numRuns: 150 },
  );
});
