import { ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import { JarvisOrchestrator, projectRoadmap, readRun, readRunRecords, simulatedTeam } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

async function runIn(mode: 'SIMPLE_2LOOP' | 'LEGACY_3LOOP' | 'PHASE3') {
  const context = testRunContext();
  const jarvis = new JarvisOrchestrator({ context, mode, config: { llm: { simulate: true } } });
  const { runId } = await jarvis.run({ task: 'Build a landing page for a bakery with opening hours' });
  const records = await readRunRecords(context.journal, runId);
  return { view: await readRun(context.journal, runId), records };
}

describe('the view of a run in stages', () => {
  it('tells of each stage how often it was worked on, what was found, what is left and what it wrote', async () => {
    const { view } = await runIn('PHASE3');

    const [first, page] = view.stages;
    expect(first).toMatchObject({
      id: 'look-and-emblem',
      status: 'completed',
      state: 'completed',
      cycles: 1,
      findingsLeft: 0,
      files: ['images/emblem.svg', 'style.css'],
    });
    expect(page).toMatchObject({ dependsOn: ['look-and-emblem'], files: ['index.html'], costUsd: 0 });
    expect(page?.cycles).toBe(page?.audits);
    expect(page?.summary).toContain('simulated');
    expect(view.tries).toBe(view.rounds.length);
  });

  it('tells how each version of the roadmap came about, and has the versions themselves', async () => {
    const { view, records } = await runIn('PHASE3');

    const versions = projectRoadmap(records);
    expect(view.roadmapVersions[0]).toMatchObject({
      version: 1,
      author: 'supervisor',
      text: 'divide the plan',
    });
    expect(view.roadmapVersions.map(({ version }) => version)).toEqual(
      versions.map(({ roadmap }) => roadmap.version),
    );
    expect(view.roadmapVersions.at(-1)).toMatchObject({ text: 'complete page', isByPerson: false });
    expect(versions.at(-1)?.roadmap).toEqual(view.roadmap);
  });

  it.each([
    ['SIMPLE_2LOOP', ['plan the whole task as one stage', 'start whole-task', 'complete whole-task']],
    [
      'LEGACY_3LOOP',
      ['divide the plan', 'start look-and-emblem', 'start page', 'complete look-and-emblem', 'complete page'],
    ],
  ] as const)('%s has every version from 1 on, each with its own state and change', async (mode, texts) => {
    const { view, records } = await runIn(mode);

    const versions = projectRoadmap(records);
    expect(versions.map(({ version }) => version)).toEqual(texts.map((_text, index) => index + 1));
    expect(versions.map(({ roadmap }) => roadmap.version)).toEqual(versions.map(({ version }) => version));
    expect(versions.map(({ text }) => text)).toEqual(texts);
    expect(versions.at(-1)).toMatchObject({ author: 'manager', reason: view.stop?.message });
    expect(versions.at(-1)?.roadmap).toEqual(view.roadmap);
  });

  it('reads a change back whatever version its author had looked at: that was compared when it was recorded', async () => {
    const { records } = await runIn('PHASE3');
    const counted = records.map((record) =>
      record.type === 'roadmap.changed'
        ? { ...record, data: { ...record.data, change: { ...record.data.change, expectedVersion: 99 } } }
        : record,
    );

    expect(projectRoadmap(counted).at(-1)?.roadmap).toEqual(projectRoadmap(records).at(-1)?.roadmap);
  });

  it('numbers the moments that can be brought back over the whole run, with their stage and files', async () => {
    const { view } = await runIn('LEGACY_3LOOP');

    expect(view.snapshots[0]).toMatchObject({ round: 0, files: [] });
    expect(view.snapshots.slice(1)).toMatchObject(
      view.rounds
        .filter(({ apply }) => apply?.type === 'applied' && apply.paths.length > 0)
        .map(({ number, stage }) => ({ round: number, stage })),
    );
    expect(view.snapshots.slice(0, 2).at(-1)?.files).toEqual(['images/emblem.svg', 'style.css']);
  });

  it('counts on when a run is opened again, so that no number means two states', async () => {
    let approves = false;
    const llm = new ScriptedLlmClient((request) =>
      request.purpose === 'review'
        ? JSON.stringify({ approved: approves, feedback: approves ? [] : ['Not yet.'] })
        : simulatedTeam(request),
    );
    const context = testRunContext({ llm });
    const config = { loop: { maxRounds: 1 } };
    const jarvis = new JarvisOrchestrator({ context, mode: 'LEGACY_3LOOP', config });
    const { runId, reason } = await jarvis.run({ task: 'Build a landing page for a bakery' });
    const partial = await readRun(context.journal, runId);

    approves = true;
    await jarvis.resume(runId, { reopen: true, maxRounds: 3 });

    const versions = projectRoadmap(await readRunRecords(context.journal, runId));
    expect(versions.map(({ version }) => version)).toEqual(versions.map((_version, index) => index + 1));
    expect(reason).toBe('max_rounds');
    expect(versions.slice(0, partial.roadmapVersions.length)).toMatchObject(partial.roadmapVersions);
    expect(versions[partial.roadmapVersions.length]).toMatchObject({
      isByPerson: true,
      text: 'open the run again, from where it stood',
    });
  });

  it('tells what each stage has cost; plan, division and review are of none', async () => {
    const context = testRunContext({ llm: new ScriptedLlmClient(simulatedTeam) });
    const jarvis = new JarvisOrchestrator({ context, mode: 'PHASE3' });
    const { runId, cost } = await jarvis.run({ task: 'Build a landing page for a bakery' });

    const { stages } = await readRun(context.journal, runId);

    const sum = stages.reduce((total, { costUsd }) => total + costUsd, 0);
    expect(stages.every(({ costUsd }) => costUsd > 0)).toBe(true);
    expect(sum).toBeLessThan(cost.spentUsd);
  });

  it('counts a pass over all phases as one try', async () => {
    const { view } = await runIn('LEGACY_3LOOP');

    expect(view.rounds).toHaveLength(view.tries * view.stages.length);
    expect(view.stages.map(({ cycles }) => cycles)).toEqual(view.stages.map(() => view.tries));
    expect(view.stages.every(({ state }) => state === undefined)).toBe(true);
  });

  it('has the whole task as its one stage where there are no others', async () => {
    const { view } = await runIn('SIMPLE_2LOOP');

    expect(view.stages).toMatchObject([
      { id: 'whole-task', status: 'completed', cycles: view.rounds.length },
    ]);
    expect(view.stages[0]?.files).toEqual(view.files);
  });
});
