import type { PlannedWrite } from '@jarvis/core';
import { expect, it } from 'vitest';

import type { RoundChanges } from './list-snapshots.ts';
import { planRestore } from './plan-restore.ts';

function round(number: number, ...writes: readonly Omit<PlannedWrite, 'bytes'>[]): RoundChanges {
  return { round: number, atMs: 0, isWhole: true, writes: writes.map((write) => ({ ...write, bytes: 1 })) };
}

const changes = [
  round(
    1,
    { path: 'new.sh', before: null, after: 'a', movedFrom: 'old.sh' },
    { path: 'old.sh', before: 'a', after: null, mode: 0o755 },
    { path: 'gone.sh', before: 'g', after: null, mode: 0o700 },
  ),
  round(2, { path: 'gone.sh', before: null, after: 'of the model' }),
  round(3, { path: 'gone.sh', before: 'of the model', after: null, mode: 0o644 }),
];

function restored(number: number, onDisk: Readonly<Record<string, string>> = {}) {
  const plan = planRestore(changes, { round: number, force: false, onDisk: new Map(Object.entries(onDisk)) });
  return Object.fromEntries(plan.files.map(({ path, after, mode }) => [path, [after, mode]]));
}

it('brings files back with the permissions they had at that moment', () => {
  expect(restored(0)).toEqual({ 'old.sh': ['a', 0o755], 'gone.sh': ['g', 0o700] });
  expect(restored(1)).toEqual({ 'new.sh': ['a', 0o755] });
  expect(restored(2, { 'new.sh': 'a' })).toEqual({ 'gone.sh': ['of the model', undefined] });
});

it('knows no permissions of a run that kept none', () => {
  const old = [round(1, { path: 'a.sh', before: 'a', after: null })];

  const plan = planRestore(old, { round: 0, force: false, onDisk: new Map() });

  expect(plan.files).toEqual([{ path: 'a.sh', before: null, after: 'a' }]);
});
