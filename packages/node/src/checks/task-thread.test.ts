import { describe, expect, it, vi } from 'vitest';

import { moduleBeside, TaskThread } from './task-thread.ts';

// Threads take their time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** A module that does what the task says. */
const entry = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    let count = 0;
    parentPort.on('message', (task) => {
      count += 1;
      if (task === 'throw') throw new Error('the text of the task');
      if (task === 'fill') { const all = []; for (;;) all.push(new Array(100_000).fill(task)); }
      if (task === 'hang') for (;;) {}
      parentPort.postMessage(task === 'environment' ? Object.keys(process.env) : count);
    });`)}`,
);

describe('TaskThread', () => {
  it('does tasks in their order, in one thread, also when several ask at once', async () => {
    const thread = new TaskThread({ entry, timeoutMs: 30_000 });

    const outcomes = await Promise.all([thread.run(['a', 'b']), thread.run(['c'])]);

    expect(outcomes.flat()).toEqual([1, 2, 3].map((value) => ({ type: 'done', value })));
  });

  it.each(['throw', 'fill'])('goes on in a fresh thread after a task that ended it: %s', async (task) => {
    const thread = new TaskThread({ entry, timeoutMs: 30_000 });

    const outcomes = await thread.run(['a', task, 'b']);

    expect(outcomes).toEqual([{ type: 'done', value: 1 }, { type: 'failed' }, { type: 'done', value: 1 }]);
  });

  it('ends a task that takes too long', async () => {
    const thread = new TaskThread({ entry, timeoutMs: 3_000 });

    const outcomes = await thread.run(['hang', 'a']);

    expect(outcomes).toEqual([{ type: 'timed-out' }, { type: 'done', value: 1 }]);
  });

  it('knows nothing of the environment of this process', async () => {
    const thread = new TaskThread({ entry, timeoutMs: 30_000 });

    await expect(thread.run(['environment'])).resolves.toEqual([{ type: 'done', value: [] }]);
  });
});

describe('moduleBeside', () => {
  it('finds the module in the repository and in the package', () => {
    expect(moduleBeside('x', 'file:///a/src/y.ts').href).toBe('file:///a/src/x.ts');
    expect(moduleBeside('x', 'file:///a/dist/y.js').href).toBe('file:///a/dist/x.js');
  });
});
