import { MemoryJournal, sealRecord, emptyHead } from '@jarvis/core';
import { importState, renderImport, type ImportReport } from '@jarvis/legacy-compat/migrate';
import { readRun } from '@jarvis/loops';
import { beforeEach, describe, expect, it } from 'vitest';

import { OldState } from './old-state.ts';

let old: OldState;

beforeEach(() => {
  old = new OldState();
  return () => old.remove();
});

const CALL = { run_id: 'r', role: 'manager', model: 'gpt-4o', prompt_tokens: 5, completion_tokens: 5 };
const ODD_NUMBERS = 'prices and counts of tokens that cannot be true count as 0';

const stages = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `s${String(index)}`, name: `Stage ${String(index)}` }));

function outcomes({ runs }: ImportReport) {
  return Object.fromEntries(runs.map(({ oldId, outcome }) => [oldId, outcome]));
}

/** A run as an import without a check could have left it. */
async function breakRun(runId: string): Promise<void> {
  const lease = await old.journal.acquire(`run:${runId}`);
  const data = { attemptId: 'a', reservedNanoUsd: null };
  const place = { runId, seq: 1, atMs: 0, version: 1 };
  const head = emptyHead(runId);
  const records = [sealRecord(head, { ...place, type: 'attempt.opened', data })];
  await old.journal.append({ runId, lease, previousHash: head.hash, records, blobs: [] });
  await old.journal.release(lease);
}

describe('values no run can have', () => {
  it.each([
    ['a price beyond all money', { ...CALL, usd: 1e308 }, ODD_NUMBERS],
    ['a price below zero', { ...CALL, usd: -3 }, ODD_NUMBERS],
    ['more tokens than there are', { ...CALL, prompt_tokens: 1e300 }, ODD_NUMBERS],
    ['a sum beyond all money', { run_id: 'r', cost_summary: { total_usd: 1e300 } }, ODD_NUMBERS],
  ])('count as 0 with a note: %s', async (_name, document, note) => {
    old.log('cost_logs/a.jsonl', document);

    const { runs } = await old.import();

    expect(runs).toMatchObject([{ outcome: 'imported' }]);
    expect(runs[0]?.notes).toContain(note);
    expect((await old.show('r')).cost.spentUsd).toBe(0);
  });

  it.each(['constructor', '__proto__', 'toString'])('charge nothing for a model named %s', async (name) => {
    old.log('cost_logs/a.jsonl', { ...CALL, model: name });
    old.put('run_logs/a.json', `{"run_id":"r","mode":"${name}","status":"${name}"}`);

    const view = await old.show('r');

    expect(view).toMatchObject({ mode: 'SIMPLE_2LOOP', cost: { calls: 1, spentUsd: 0 } });
  });

  it('leaves out rounds and steps of the plan with impossible numbers, and says so', async () => {
    old.put('run_logs/a.json', { run_id: 'r', iterations: [{ iteration: 1e300 }, { iteration: 2 }] });
    old.put('run_workflows/r_workflow.json', { stages: [{ id: 's', name: 'S', plan_steps: [1e300, 2] }] });

    const { runs } = await old.import();
    const view = await old.show('r');

    expect(runs[0]?.notes).toEqual([
      'rounds with numbers that cannot be true were left out',
      'steps of the plan that are no numbers of steps were left out',
    ]);
    expect(view.rounds.map(({ number }) => number)).toEqual([2]);
  });

  it.each([51, 100, 101])('shows a roadmap with %s stages, up to 100 of them', async (count) => {
    old.put('run_workflows/r_workflow.json', { stages: stages(count) });

    const { runs } = await old.import();
    const view = await old.show('r');

    expect(view.roadmap?.stages).toHaveLength(Math.min(count, 100));
    expect(runs[0]?.notes).toEqual(
      count > 100 ? ['its roadmap has 101 stages; those behind the first 100 were left out'] : [],
    );
  });

  it('gives every stage a name of its own, whatever the others are called', async () => {
    const names = ['x', 'x', 'x (2)', 'X', 'é', 'e\u0301'];
    old.put('run_workflows/r_workflow.json', { stages: names.map((name, id) => ({ id: String(id), name })) });

    const view = await old.show('r');

    const shown = view.roadmap?.stages.map(({ brief }) => brief.name) ?? [];
    expect(shown).toEqual(['x (1)', 'x (2) (2)', 'x (2)', 'X (4)', 'é (5)', 'e\u0301 (6)']);
  });

  it('names a stage that memories alone tell of, though its id is blank', async () => {
    old.put('memory_store/r/a.json', { stage_id: '  ', final_status: 'completed' });

    const view = await old.show('r');

    expect(view.roadmap?.stages.map(({ brief }) => brief.name)).toEqual(['a stage without a name']);
  });
});

describe('one run that cannot be imported', () => {
  it('stops no other: a run nobody can read is named and passed over, each time', async () => {
    old.put('run_logs/a.json', { run_id: 'c1', task: 'fixed' });
    const first = await old.import({ isDryRun: true });
    await breakRun(first.runs[0]?.runId ?? '');
    old.put('run_logs/b.json', { run_id: 'zz', task: 'later run' });

    const looked = await old.import({ isDryRun: true });
    const report = await old.import();
    const again = await old.import();

    expect(outcomes(looked)).toEqual({ c1: 'unreadable', zz: 'found' });
    expect(outcomes(report)).toEqual({ c1: 'unreadable', zz: 'imported' });
    expect(outcomes(again)).toEqual({ c1: 'unreadable', zz: 'known' });
    expect(renderImport(report)).toContain('imported before in a way nobody can read; it was passed over');
    expect(report.runs[0]?.notes.join(' ')).toContain('reservedNanoUsd');
    expect((await old.show('zz')).task).toBe('later run');
  });

  it('is passed over while another process works on it, and the others are imported', async () => {
    old.put('run_logs/a.json', { run_id: 'a', task: 'A' });
    old.put('run_logs/b.json', { run_id: 'b', task: 'B' });
    const looked = await old.import({ isDryRun: true });
    const lease = await old.journal.acquire(`run:${looked.runs[0]?.runId ?? ''}`);

    const report = await old.import();
    await old.journal.release(lease);
    const again = await old.import();

    expect(outcomes(report)).toEqual({ a: 'busy', b: 'imported' });
    expect(report.runs[0]?.notes.join(' ')).toContain('is in use by');
    expect(renderImport(report)).toContain('not imported: it is in use; call this again');
    expect(outcomes(again)).toEqual({ a: 'imported', b: 'known' });
  });

  it('is known when another import makes it between the look and the lease', async () => {
    old.put('run_logs/a.json', { run_id: 'a', task: 'A' });
    const other = { folder: old.root, clock: old.clock };
    class Overtaken extends MemoryJournal {
      #isOvertaken = false;

      override async acquire(resource: string) {
        if (!this.#isOvertaken) {
          this.#isOvertaken = true;
          await importState({ ...other, journal: this });
        }
        return super.acquire(resource);
      }
    }
    const journal = new Overtaken();

    const report = await importState({ ...other, journal });

    expect(outcomes(report)).toEqual({ a: 'known' });
    expect(await readRun(journal, report.runs[0]?.runId ?? '')).toMatchObject({ task: 'A' });
  });

  it('is imported once by two imports at the same time, and neither stops', async () => {
    for (const id of ['a', 'b', 'c']) old.put(`run_logs/${id}.json`, { run_id: id, task: id });

    const both = await Promise.all([old.import(), old.import()]);

    const told = both.map(outcomes);
    for (const id of ['a', 'b', 'c']) {
      const [one, other] = told.map((each) => each[id]);
      expect([one, other].sort()).toEqual(['imported', 'known']);
    }
  });
});
