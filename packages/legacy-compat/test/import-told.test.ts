import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { OldState } from './old-state.ts';

let old: OldState;

const LOG = 'run_logs_main/run_a.jsonl';
const start = {
  event_type: 'start',
  timestamp: '2026-01-02T10:00:00Z',
  payload: { mode: '3loop', task: 'T' },
};
const end = (timestamp: string | number) => ({
  event_type: 'final_status',
  timestamp,
  payload: { status: 'max_rounds', total_cost_usd: 0.9 },
});
const wrote = (iteration: unknown, ...files: readonly unknown[]) => ({
  type: 'file_write',
  iteration,
  files,
});
const call = { run_id: 'run_a', role: 'manager', model: 'm', prompt_tokens: 1, completion_tokens: 1 };

beforeEach(() => {
  old = new OldState();
});

afterEach(() => {
  old.remove();
});

describe('a log that has grown since it was imported', () => {
  it('is told, also when only the time of its last line is new', async () => {
    old.log(LOG, start, end('2026-01-02T10:05:00Z'));
    await old.import();

    const again = await old.import();
    old.log(LOG, start, end('2026-01-02T10:05:00Z'), end('2026-01-02T10:07:00Z'));
    const grown = await old.import();

    expect(again.runs).toMatchObject([{ outcome: 'known' }]);
    expect(grown.runs).toMatchObject([{ outcome: 'changed' }]);
  });

  it('is told when a line was put between others', async () => {
    old.log(LOG, start, end('2026-01-02T10:05:00Z'));
    await old.import();

    old.log(LOG, start, { type: 'odd', timestamp: '2026-01-02T10:01:00Z' }, end('2026-01-02T10:05:00Z'));
    const grown = await old.import();

    expect(grown.runs).toMatchObject([{ outcome: 'changed' }]);
  });

  it('is told by its number of lines where a moment lies in the future, which is another one each time', async () => {
    old.log(LOG, start, end(4_102_444_800));
    await old.import();
    await old.clock.advance(60_000);

    const again = await old.import();
    old.log(LOG, start, end(4_102_444_800), end('2026-01-02T10:07:00Z'));
    const grown = await old.import();

    expect(again.runs).toMatchObject([{ outcome: 'known' }]);
    expect(grown.runs).toMatchObject([{ outcome: 'changed' }]);
  });
});

describe('the costs of a run', () => {
  it('are those of its calls, with a note when its log knows of more', async () => {
    old.log(LOG, start, end('2026-01-02T10:05:00Z'));
    old.put('cost_history.json', [{ ...call, cost_usd: 0.1 }]);

    const { runs } = await old.import();

    expect(runs[0]?.notes).toEqual([
      'its calls come to $0.1000 and its log says $0.9000: the calls are counted, some are missing',
    ]);
    expect((await old.show('run_a')).cost.spentUsd).toBe(0.1);
  });

  it.each([0.9, 0.897, 2])('are told without a note when its calls come to %s', async (cost_usd) => {
    old.log(LOG, start, end('2026-01-02T10:05:00Z'));
    old.put('cost_history.json', [{ ...call, cost_usd }]);

    const { runs } = await old.import();

    expect(runs[0]?.notes).toEqual([]);
  });
});

describe('the files a log says were written', () => {
  it('are those of their round, whether or not the log tells how the round ended', async () => {
    const over = { type: 'iteration_end', iteration: 1, status: 'needs_changes' };
    old.log(LOG, start, wrote(1, 'index.html', 7), over, wrote(2, 'style.css', 'index.html'), end(1));
    old.put('memory_store/run_a/s.json', { stage_id: 's', stage_name: 'S', final_status: 'completed' });

    const view = await old.show('run_a');

    expect(view.files).toEqual(['index.html', 'style.css']);
    expect(view.rounds.map(({ number, review, apply }) => [number, review?.word, apply?.type])).toEqual([
      [1, 'needs_changes', 'applied'],
      [2, undefined, 'applied'],
      [3, undefined, undefined],
    ]);
  });

  it.each([undefined, 0, -1, 1.5, 10 ** 9, 'x'])(
    'belong to the first round when theirs is %j',
    async (round) => {
      old.log(LOG, start, wrote(round, 'a.txt'), end(1));

      const view = await old.show('run_a');

      expect(view.files).toEqual(['a.txt']);
      expect(view.rounds.map(({ number }) => number)).toEqual([1]);
    },
  );

  it('are cut, and told to be, when there are more than a run can show', async () => {
    const many = Array.from({ length: 1_001 }, (_, index) => `f${String(index)}.txt`);
    old.log(LOG, start, wrote(1, ...many), end(1));

    const { runs } = await old.import();

    expect(runs[0]?.notes).toEqual(['it wrote more than 1000 files; the others were left out']);
    expect((await old.show('run_a')).files).toHaveLength(1_000);
  });
});
