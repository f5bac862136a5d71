import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { lifeOfProcess, readStartTime } from './process-life.ts';

const { pid } = process;

describe.each(['linux', 'darwin'] as const)('lifeOfProcess, read as on %s', (platform) => {
  const startedAt = readStartTime(pid, platform) ?? '';

  it('sees that this process is alive', () => {
    expect(startedAt).not.toBe('');
    expect(lifeOfProcess({ pid, startedAt }, platform)).toBe('alive');
  });

  it('tells a process from an earlier one that had the same pid', () => {
    expect(lifeOfProcess({ pid, startedAt: `${startedAt}0` }, platform)).toBe('dead');
  });

  it('does not decide about a process whose start nobody knows', () => {
    expect(lifeOfProcess({ pid, startedAt: '' }, platform)).toBe('unknown');
  });

  it('sees that a killed process is dead', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const started = readStartTime(child.pid ?? 0, platform) ?? '';

    child.kill('SIGKILL');
    await once(child, 'exit');

    expect(lifeOfProcess({ pid: child.pid ?? 0, startedAt: started }, platform)).toBe('dead');
  });

  it('takes a process that has ended and was not collected by its parent for dead', async () => {
    // The child ends when its input does, and by then its parent is a program that collects nobody.
    const script = 'cat <&3 >/dev/null & echo $!; exec sleep 60 3<&- >&-';
    const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const ended = Number(await text(parent.stdio[1] ?? Readable.from([])));
    parent.stdio[3]?.destroy();

    const life = await vi.waitFor(() => {
      expect(readFileSync(`/proc/${String(ended)}/stat`, 'utf8')).toContain(') Z ');
      return lifeOfProcess({ pid: ended, startedAt: 'unimportant' }, platform);
    });

    expect(life).toBe('dead');
  });
});

describe('readStartTime', () => {
  it('knows nothing about a process that does not exist', () => {
    expect(readStartTime(2 ** 22 + 1, 'linux')).toBeUndefined();
    expect(readStartTime(2 ** 22 + 1, 'darwin')).toBeUndefined();
  });
});
