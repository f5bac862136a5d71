import { describe, expect, it } from 'vitest';

import { JournalDamagedError, LeaseHeldError, RunNotFoundError, StaleWriterError } from './journal-errors.ts';

describe('the errors of the journal', () => {
  it('say what is in use, by whom, and what to do', () => {
    const run = new LeaseHeldError({ resource: 'run:run-1', owner: 'process 4711 on host' });
    const folder = new LeaseHeldError({ resource: 'workspace:/a:b', owner: 'process 4711 on host' });

    expect(run.message).toBe(
      'Run run-1 is in use by process 4711 on host. Wait for it to end, or stop that process first.',
    );
    expect(folder.message).toMatch(/^The workspace \/a:b is in use/u);
    expect(run).toMatchObject({
      code: 'JARVIS_LEASE_HELD',
      resource: 'run:run-1',
      owner: 'process 4711 on host',
    });
  });

  it('show a run id that is none as text', () => {
    const error = new RunNotFoundError({ runId: '../\u001b[2J' });

    expect(error.message).toBe(
      String.raw`There is no run "../\u001b[2J" here. List the runs of this project with: jarvis list`,
    );
    expect(error).toMatchObject({ code: 'JARVIS_RUN_NOT_FOUND', runId: '../\u001b[2J' });
  });

  it('name the run and the next command', () => {
    expect(new StaleWriterError({ runId: 'run-1', problem: 'its lease was taken over' }).message).toBe(
      'This process may no longer write to run run-1: its lease was taken over. ' +
        'See who continues it with: jarvis show run-1',
    );
  });

  it('carry what could not be read as the cause', () => {
    const cause = new SyntaxError('bad');

    expect(
      new JournalDamagedError({ runId: 'run-1', seq: 4, problem: 'it cannot be read', cause }),
    ).toMatchObject({
      code: 'JARVIS_JOURNAL_DAMAGED',
      seq: 4,
      cause,
    });
  });
});
