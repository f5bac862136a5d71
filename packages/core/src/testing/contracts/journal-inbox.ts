import { expect, it } from 'vitest';

import type { InboxPost, Journal } from '../../journal/journal.ts';
import type { JournalUnderTest } from './journal-contract.ts';
import { openRun, type RunWriter } from './run-writer.ts';

/** What others tell a run. */
export function journalInboxTests(current: () => JournalUnderTest): void {
  it('keeps what is posted without a lease, in the order it was posted', async () => {
    const { journal, reopen } = current();
    await begin(journal, 'run-a');
    const other = await reopen();

    const answers = [
      await other.post(post('z', { body: 'first – ✓' })),
      await journal.post(post('a', { body: 'second', atMs: 1 })),
    ];

    expect(answers).toEqual(['posted', 'posted']);
    expect(await journal.readInbox('run-a')).toEqual([
      { id: 'z', body: 'first – ✓', atMs: 5 },
      { id: 'a', body: 'second', atMs: 1 },
    ]);
    expect(await journal.read('run-a')).toHaveLength(1);
  });

  it('knows what was posted before, and keeps the first of it', async () => {
    const { journal } = current();
    await begin(journal, 'run-a');
    await journal.post(post('once', { body: 'yes' }));

    const again = await journal.post(post('once', { body: 'no' }));

    expect(again).toBe('known');
    expect(await journal.readInbox('run-a')).toMatchObject([{ id: 'once', body: 'yes' }]);
  });

  it('keeps the inboxes of different runs apart', async () => {
    const { journal } = current();
    await begin(journal, 'run-a');
    await begin(journal, 'run-b');

    const answers = [
      await journal.post(post('same')),
      await journal.post({ ...post('same'), runId: 'run-b' }),
    ];

    expect(answers).toEqual(['posted', 'posted']);
    expect(await journal.readInbox('run-a')).toHaveLength(1);
    expect(await journal.readInbox('run-b')).toHaveLength(1);
  });

  it('takes nothing for a run that does not exist', async () => {
    const { journal } = current();

    await expect(journal.post(post('lost'))).rejects.toMatchObject({ code: 'JARVIS_RUN_NOT_FOUND' });
    expect(await journal.readInbox('run-a')).toEqual([]);
    expect(await journal.listRuns()).toEqual([]);
  });

  it('keeps every entry of many that are posted at the same instant, each once', async () => {
    const { journal, reopen } = current();
    await begin(journal, 'run-a');
    const doors = [journal, await reopen(), await reopen()];
    const ids = Array.from({ length: 10 }, (_, index) => `entry-${String(index)}`);

    const answers = await Promise.all(doors.flatMap((door) => ids.map((id) => door.post(post(id)))));

    expect(answers.filter((answer) => answer === 'posted')).toHaveLength(ids.length);
    expect((await journal.readInbox('run-a')).map(({ id }) => id).sort()).toEqual(ids);
  });

  takingTests(current);
}

function takingTests(current: () => JournalUnderTest): void {
  it('takes entries together with the records that put them on record', async () => {
    const { journal, reopen } = current();
    const writer = await begin(journal, 'run-a');
    for (const id of ['one', 'two', 'three']) await journal.post(post(id));

    await take(journal, writer, ['two', 'one']);

    const other = await reopen();
    expect(await other.readInbox('run-a')).toMatchObject([{ id: 'three' }]);
    expect(await other.read('run-a')).toHaveLength(2);
  });

  it('knows an entry also after it was taken', async () => {
    const { journal } = current();
    const writer = await begin(journal, 'run-a');
    await journal.post(post('once'));
    await take(journal, writer, ['once']);

    const again = await journal.post(post('once'));

    expect(again).toBe('known');
    expect(await journal.readInbox('run-a')).toEqual([]);
  });

  it('takes an entry once, and stores nothing of what would take it again', async () => {
    const { journal } = current();
    const writer = await begin(journal, 'run-a');
    await journal.post(post('once'));
    await take(journal, writer, ['once']);
    const stored = await journal.read('run-a');
    const head = stored.at(-1) ?? { seq: 0, hash: '' };

    const again = journal.append({ ...writer.request(head, ['again'], []), taken: ['once'] });

    await expect(again).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_STALE_WRITER' });
    expect(await journal.read('run-a')).toEqual(stored);
  });

  it('takes nothing when the records are refused, and no entry when one of them does not wait', async () => {
    const { journal } = current();
    const writer = await begin(journal, 'run-a');
    await journal.post(post('waits'));
    const stale = { ...writer.request({ seq: 0, hash: 'x' }, ['stale'], []), taken: ['waits'] };

    await expect(journal.append(stale)).rejects.toMatchObject({ code: 'JARVIS_JOURNAL_STALE_WRITER' });
    await expect(take(journal, writer, ['waits', 'nobody posted this'])).rejects.toMatchObject({
      code: 'JARVIS_JOURNAL_STALE_WRITER',
    });

    expect(await journal.readInbox('run-a')).toMatchObject([{ id: 'waits' }]);
    expect(await journal.read('run-a')).toEqual(writer.written);
  });
}

function post(id: string, overrides: Partial<InboxPost> = {}): InboxPost {
  return { runId: 'run-a', id, body: '{}', atMs: 5, ...overrides };
}

async function begin(journal: Journal, runId: string): Promise<RunWriter> {
  const writer = await openRun(journal, runId);
  await writer.append('accepted');
  return writer;
}

async function take(journal: Journal, writer: RunWriter, taken: readonly string[]): Promise<void> {
  const head = writer.written.at(-1) ?? { seq: 0, hash: '' };
  await journal.append({ ...writer.request(head, ['told'], []), taken });
}
