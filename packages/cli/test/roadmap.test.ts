import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { CommandLine, runIdIn } from './command-line.ts';

let shell: CommandLine;
let runId: string;

/** A run in stages that waits for somebody to agree to its plan, at version 2 of its roadmap. */
beforeEach(async () => {
  shell = new CommandLine();
  const gates = [{ at: 'plan', approvers: [{ role: 'owner' }] }];
  writeFileSync(join(shell.folder, 'jarvis.config.json'), JSON.stringify({ gates }));
  const run = await shell.call('run', 'Build a page', '--simulate', '--mode', 'PHASE3', '--json');
  expect(run.code).toBe(3);
  runId = runIdIn(run);
  return () => shell.remove();
});

const roadmap = (what: string, ...more: readonly string[]) => shell.call('roadmap', what, runId, ...more);
const change = (what: string, ...more: readonly string[]) => roadmap(what, ...more, '--by', 'Ann');

/** How many rows the run has, and what waits for it. */
async function rows(): Promise<unknown> {
  const [view, shown] = [await shell.call('show', runId, '--json'), await roadmap('show', '--json')];
  const { timeline, updatedAtMs } = JSON.parse(view.out) as Record<string, unknown>;
  const { waiting } = JSON.parse(shown.out) as Record<string, unknown>;
  return { timeline, updatedAtMs, waiting };
}

describe('jarvis roadmap show, history, diff', () => {
  it('shows the stages as text, as a flowchart and as JSON, also of an earlier version', async () => {
    const [text, mermaid, json, first] = [
      await roadmap('show'),
      await roadmap('show', '--mermaid'),
      await roadmap('show', '--json'),
      await roadmap('show', '--version', '1'),
    ];

    expect(text.out).toContain('Roadmap version 2: 0 of 2 stages finished\n[>] look-and-emblem');
    expect(mermaid.out).toMatch(/^flowchart TD\n/u);
    expect(JSON.parse(json.out)).toMatchObject({ runId, roadmap: { version: 2 }, waiting: [] });
    expect(first.out).toContain('[ ] look-and-emblem');
  });

  it('tells how the roadmap came about, and what two versions differ in', async () => {
    const [history, lines, diff, json] = [
      await roadmap('history'),
      await roadmap('history', '--json'),
      await roadmap('diff', '1', '2'),
      await roadmap('diff', '1', '2', '--json'),
    ];

    expect(history.out).toMatch(/^ {2}1 {2}[\d-]+ [\d:]+ UTC {2}supervisor: divide the plan\n/u);
    expect(history.out).toContain('manager: start look-and-emblem');
    expect(JSON.parse(lines.out)).toMatchObject({ versions: [{ version: 1 }, { version: 2 }] });
    expect(diff.out).toContain('~ look-and-emblem  Look and emblem: pending → active');
    expect(JSON.parse(json.out)).toMatchObject({ diff: { from: 1, to: 2 } });
  });
});

describe('jarvis roadmap skip, split, add …', () => {
  it('posts the change, shows that it waits, and the run follows it when it goes on', async () => {
    const posted = await change('skip', 'page', '--reason', 'Not now', '--if-version', '2');
    const waiting = await roadmap('show');
    const approved = await shell.call('approve', runId, '--by', 'Ada', '--resume');
    // Another plan may be another question.
    if (approved.code === 3) await shell.call('approve', runId, '--by', 'Ada', '--resume');
    const [after, history] = [await roadmap('show'), await roadmap('history')];

    expect(posted).toMatchObject({ code: 0 });
    expect(posted.out).toContain(
      `Noted. It makes version 3. The run stands still; it holds from: jarvis resume`,
    );
    expect(waiting.out).toMatch(/waits to be made, since .* UTC, by Ann \(a person\): skip page: Not now/u);
    expect(after.out).toContain('[-] page             Page (skipped) after look-and-emblem: Not now');
    expect(history.out).toContain('Ann (a person): skip page: Not now');
  });

  it.each([
    [['split', 'page', '--into', 'Text:1', '--into', 'Rest:'], 2, 'is no part'],
    [['drop', 'page', '--reason', 'No'], 0, '"type": "drop"'],
    [['reorder', 'look-and-emblem', 'page'], 0, '"type": "reorder"'],
    [['add', '--name', 'Öffnung', '--step', 'a', '--step', 'b', '--after', 'page'], 0, '"id": "offnung"'],
  ])('%j ends with %i', async (args, expected, text) => {
    const [what = '', ...more] = args;
    const { code, out, err } = await change(what, ...more, '--json');

    expect(code).toBe(expected);
    expect(out + err).toContain(text);
  });

  it('takes the parts of a split from a file, counted from 1 as on the command line', async () => {
    await change('add', '--name', 'Shop', '--step', 'Shelves', '--step', 'Till');
    const file = join(shell.root, 'parts.json');
    const parts = [
      { name: 'Shelves', goal: 'Goods are shown', planSteps: [1] },
      { name: 'Till', planSteps: [2], dependsOn: ['shelves'] },
    ];
    writeFileSync(file, JSON.stringify(parts));

    const { code, out } = await change('split', 'shop', '--into', file, '--json');

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      roadmap: {
        version: 4,
        stages: [{}, {}, { id: 'shelves', brief: { planSteps: ['Shelves'] } }, { dependsOn: ['shelves'] }],
      },
    });
  });

  it('merges stages, with a goal made of theirs', async () => {
    await change('add', '--name', 'Blog', '--goal', 'News.');

    const { code, out } = await change('merge', 'page', 'blog', '--name', 'All', '--json');

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      change: { author: 'Ann', mutation: { into: { id: 'all', name: 'All' } } },
    });
  });

  it('B51: is noted once when it is sent twice', async () => {
    await change('skip', 'page', '--reason', 'No', '--if-version', '2');

    const again = await change('skip', 'page', '--reason', 'No', '--if-version', '2', '--json');

    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ isRepeat: true });
    expect(await rows()).toMatchObject({ waiting: [{ author: 'Ann' }] });
  });

  it.each([
    ['B41: merging one stage', 2, ['merge', 'page', '--name', 'One']],
    ['B43: merging a stage with itself', 2, ['merge', 'page', 'page', '--name', 'One']],
    ['B44: splitting into one part', 2, ['split', 'page', '--into', 'One:1']],
    ['B45: losing a plan step', 2, ['split', 'page', '--into', 'One:2', '--into', 'Two:3']],
    ['B46: an order that names not every stage', 2, ['reorder', 'page']],
    ['B47: an order before a dependency', 2, ['reorder', 'page', 'look-and-emblem']],
    ['B48: reopening what is pending', 2, ['reopen', 'page', '--reason', 'Again']],
    ['B49: dropping what others need', 2, ['drop', 'look-and-emblem', '--reason', 'No']],
    ['B50: another version', 7, ['skip', 'page', '--reason', 'No', '--if-version', '1']],
  ])('%s ends with %i, and neither posts nor records anything', async (_what, expected, args) => {
    const before = await rows();
    const [what = '', ...more] = args;

    const { code, err } = await change(what, ...more);

    expect({ code, lines: err.split('\n').length }).toEqual({ code: expected, lines: 2 });
    expect(await rows()).toEqual(before);
  });

  it('B50: names the version the roadmap is at', async () => {
    const { out } = await change('skip', 'page', '--reason', 'No', '--if-version', '1', '--json');

    expect(JSON.parse(out)).toMatchObject({
      error: {
        code: 'JARVIS_ROADMAP_VERSION_CONFLICT',
        message: expect.stringContaining('the roadmap is at version 2') as unknown,
      },
    });
  });

  it('B52: ends with 7 when the run is over', async () => {
    await shell.call('cancel', runId);

    const { code, err } = await change('skip', 'page', '--reason', 'No');

    expect(code).toBe(7);
    expect(err).toContain('comes too late');
  });
});

describe('jarvis roadmap', () => {
  it.each([
    [['skp'], 'Did you mean skip?'],
    [[''], 'What is to be done is missing'],
    [['show', '--reason', 'x'], '--reason means nothing to "show"'],
    [['show', '--version', '9'], 'There is no version 9'],
    [['show', '--version', 'abc'], '--version: expected the number of a version, from 1 on (it is "abc")'],
    [['diff', '1', 'x'], 'diff: expected the number of a version, from 1 on (it is "x")'],
    [['diff', '1', '7'], 'There is no version 7 of the roadmap. Use one from 1 to 2.'],
    [['diff', '1'], 'A difference is between two versions'],
    [['skip', '--reason', 'x', '--by', 'Ann'], 'The id of the stage is missing'],
    [['skip', 'a', 'b', '--reason', 'x', '--by', 'Ann'], 'One stage at a time'],
    [['skip', 'page', '--by', 'Ann'], '--reason is missing'],
    [['skip', 'page', '--reason', 'x'], 'Who changes the roadmap is not known'],
    [['skip', 'page', '--reason', 'x', '--by', 'Ann', '--if-version', '0'], '--if-version'],
    [['skip', 'nowhere', '--reason', 'x', '--by', 'Ann'], 'has no stage "nowhere"'],
    [['split', 'page', '--by', 'Ann'], 'What the stage is split into is missing'],
    [['split', 'page', '--into', 'none.json', '--by', 'Ann'], 'none.json'],
    [['add', '--name', '☃', '--by', 'Ann'], 'No id can be made'],
  ])('%j ends with 2', async (args, problem) => {
    const [what = '', ...more] = args;

    const { code, err } = await roadmap(what, ...more);

    expect(code).toBe(2);
    expect(err).toContain(problem);
  });

  it('needs a run', async () => {
    const { code, err } = await shell.call('roadmap', 'show');

    expect(code).toBe(2);
    expect(err).toContain('The id of the run is missing');
  });

  it('has nothing to change in a run without stages', async () => {
    const other = await shell.call('run', 'Build', '--simulate', '--mode', 'SIMPLE_2LOOP', '--json');

    const { code, err } = await shell.call(
      'roadmap',
      'skip',
      runIdIn(other),
      'whole-task',
      '--reason',
      'x',
      '--by',
      'Ann',
    );

    expect(code).toBe(2);
    expect(err).toContain('the whole task is one stage');
  });
});
