import { describe, expect, it } from 'vitest';

import { defaultConfig } from '../config/config-schema.ts';
import { MemoryJournal } from '../journal/memory-journal.ts';
import { callOf, request } from './contracts/sample-request.ts';
import { CrashingCrashPoint } from './crashing-crash-point.ts';
import { MemoryWorkspace } from './memory-workspace.ts';
import { testRunContext } from './test-run-context.ts';

describe('testRunContext', () => {
  it('has everything a run needs, in memory', async () => {
    const context = testRunContext();

    await context.workspace.prove();
    await context.probeLlm();

    expect(await context.git.inspect()).toMatchObject({ type: 'ready' });
    expect(context.ids.newRunId()).toBe('run-1');
    expect(context.config).toBe(defaultConfig);
    expect(context.checks).toEqual([]);
    expect(context.signal.aborted).toBe(false);
  });

  it('takes a model call for unexpected', async () => {
    const { llm } = testRunContext();

    await expect(llm?.complete(request, callOf())).rejects.toThrow('Unexpected model call');
  });

  it('has a clock on which nobody waits', async () => {
    const { clock } = testRunContext();

    await clock.sleep(60_000);

    expect(clock.monotonicMs()).toBe(60_000);
  });

  it('has what the test is about', () => {
    const [journal, workspace] = [new MemoryJournal(), new MemoryWorkspace()];

    const context = testRunContext({ journal, workspace });

    expect(context.journal).toBe(journal);
    expect(context.workspace).toBe(workspace);
  });

  it('is a world of its own each time', async () => {
    const [one, other] = [testRunContext(), testRunContext()];

    await one.journal.acquire('run:run-1');

    await expect(other.journal.acquire('run:run-1')).resolves.toMatchObject({ epoch: 1 });
  });

  it('announces the places of the workspace to the crash point, and loses the journal with the crash', async () => {
    const crashPoint = new CrashingCrashPoint({ place: 'apply.file-written' });
    const context = testRunContext({ crashPoint });
    const writes = [{ path: 'a.txt', before: null, after: 'x', bytes: 1 }];

    await expect(context.workspace.apply({ writes }, async () => 'a')).rejects.toThrow('Simulated crash');

    await expect(context.journal.listRuns()).rejects.toBe(crashPoint.crash);
  });
});
