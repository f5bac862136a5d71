import { existsSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { measureImport } from './import-time.ts';
import { measureLinearity } from './linear.ts';
import { measureLargeTexts } from './large-texts.ts';
import { measureManyFiles } from './many-files.ts';
import { measureModelCalls } from './model-call.ts';
import { measureModes } from './modes.ts';
import { measureResume } from './resume.ts';

const BUILT = new URL('../../packages/loops/dist/index.js', import.meta.url);

describe('the benches, with tiny counts', () => {
  it('model-call: tells ratios and bytes', { timeout: 60_000 }, async () => {
    const lines = await measureModelCalls({ batches: 2, perBatch: 3, longRun: 30 });

    expect(lines).toEqual([
      expect.stringMatching(/^model call \/ bare append: [\d.]+ \([\d.]+-[\d.]+\); [\d.]+ ms and [\d.]+ ms/u),
      expect.stringMatching(/^step 30 \/ step 10: [\d.]+ \(/u),
      expect.stringMatching(/^bytes on disk per step: \d+, \d+ beyond the \d+ of the answer$/u),
    ]);
  });

  it('linear: tells what a round takes in each world', { timeout: 60_000 }, async () => {
    const lines = await measureLinearity({ memory: [6], journal: [6], project: [6] });

    const figures = /records: [\d.]+ ms a round, last \/ tenth [\d.]+ \(.*\), \d+ MB at most$/u;
    expect(lines).toEqual([figures, figures, figures].map((each): unknown => expect.stringMatching(each)));
    expect(lines[1]).toContain('6 rounds with the journal on disk');
  });

  it('files: tells what many files cost', { timeout: 60_000 }, async () => {
    const lines = await measureManyFiles({ files: 40, changed: 5, paths: 100 });

    expect(lines).toEqual([
      expect.stringMatching(/^start with 40 files: [\d.]+ ms$/u),
      expect.stringMatching(/^snapshot of all of them: [\d.]+ ms$/u),
      expect.stringMatching(/^5 files of one answer: written in [\d.]+ ms, committed in [\d.]+ ms$/u),
      expect.stringMatching(/^git processes of the commit: [1-9]\d*$/u),
      expect.stringMatching(/^file gate: [\d,]+ paths\/s$/u),
    ]);
  });

  it('texts: tells what writing, searching and redacting takes', { timeout: 60_000 }, async () => {
    const lines = await measureLargeTexts({ answer: 500, line: 1_000, log: 2_000, times: 2 });

    expect(lines.slice(0, 3)).toEqual(
      ['file of an answer', 'one line', 'largest answer'].map(
        (name) =>
          expect.stringMatching(
            new RegExp(`^${name}, 0 MB: written in [\\d.]+ ms, searched in [\\d.]+ ms$`, 'u'),
          ) as unknown,
      ),
    );
    expect(lines).toHaveLength(8);
    expect(lines.at(-1)).toMatch(/^redaction of a document of JSON: \d+ MB\/s$/u);
  });

  it('resume: a run whose process died goes on and repeats no call', { timeout: 60_000 }, async () => {
    const lines = await measureResume({ rounds: 3, repeats: 1 });

    expect(lines[0]).toMatch(/^\d+ records, \d+ MB of database, 6 answered calls$/u);
    expect(lines[1]).toMatch(/^first new call: [\d.]+ ms after the journal was opened/u);
    expect(lines[2]).toMatch(/^memory at that call: \d+ MB$/u);
    expect(lines[3]).toBe('calls repeated: 0; new calls: 1');
  });

  it(
    'modes: tells what stages cost beside a bare loop, and how soon a run goes on',
    { timeout: 60_000 },
    async () => {
      const lines = await measureModes({ journal: [4], project: [4], resumed: 4 });

      const run =
        /a stage, .* a call, last \/ tenth [\d.]+ \(.*\), \d+ MB on disk, \d+ MB of memory at most$/u;
      expect(lines).toEqual([
        expect.stringMatching(run),
        expect.stringMatching(
          /bare loop: [\d.]+ ms a call, .*; run \/ bare loop [\d.]+, beside it -?[\d.]+ ms a call$/u,
        ),
        expect.stringMatching(run),
        expect.stringMatching(/^resumed in stage 4: first new call after [\d.]+ ms, .*; 2 calls were left$/u),
      ]);
    },
  );

  it.runIf(existsSync(BUILT))('import: tells what the orchestrator and zod take', async () => {
    const lines = await measureImport(1);

    expect(lines[0]).toMatch(/^@jarvis\/loops: -?[\d.]+ ms beyond an empty process of [\d.]+ ms$/u);
    expect(lines[1]).toMatch(/^zod alone: -?[\d.]+ ms; @jarvis\/loops \/ zod -?[\d.]+$/u);
  });
});
