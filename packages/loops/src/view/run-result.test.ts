import { readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { createTeam } from '../../test/team.ts';
import { evolve } from '../engine/evolve.ts';
import { initialState } from '../engine/run-state.ts';
import { toRunResult } from './run-result.ts';

describe('the result of a run', () => {
  it.each([
    [false, 'jarvis roadmap reopen r1 <stage> --reason "…"'],
    [true, undefined],
  ])('that ended with nothing left, imported: %s, offers %s', async (isImported, nextCommand) => {
    const { jarvis, context } = createTeam({ approves: [true] });
    const { runId } = await jarvis.run({ task: 'Build a page for a bakery' });
    const state = (await readRunRecords(context.journal, runId)).reduce(evolve, initialState);
    if (state.accepted === undefined) expect.fail('the run was not accepted');
    const accepted = isImported ? { ...state.accepted, isImported: true as const } : state.accepted;
    const ended = { status: 'partial', reason: 'nothing_left', message: 'It has ended.' } as const;

    const result = toRunResult('r1', { ...state, accepted, ended });

    expect(result?.nextCommand).toBe(nextCommand);
  });
});
