import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { CommandLine } from './command-line.ts';

let shell: CommandLine;
let file: string;

beforeEach(() => {
  shell = new CommandLine();
  file = join(shell.folder, 'jarvis.config.json');
  writeFileSync(file, JSON.stringify({ costs: { capUsd: 50 }, git: { init: true } }));
  return () => shell.remove();
});

describe('jarvis trust', () => {
  it('shows what the file sets, asks, and then it counts like your own', async () => {
    shell.confirm = async () => true;
    const before = await shell.call('config');

    const { code, out, err } = await shell.call('trust');
    const after = await shell.call('config');

    expect(before.err).toContain(
      'git.init: a project file may not set this unless you trust it (jarvis trust)',
    );
    expect(code).toBe(0);
    expect(err).toContain('  costs.capUsd: 1 → 50\n  git.init: false → true\n');
    expect(out).toBe(`${file} is trusted until it changes.\n`);
    expect(after.out).toContain(`50  (${file} (trusted))`);
  });

  it('B82: does not wait where nobody can be asked, and trusts nothing then or after a no', async () => {
    const unasked = await shell.call('trust');
    shell.confirm = async () => false;
    const refused = await shell.call('trust');

    expect(unasked).toMatchObject({ code: 2, out: '' });
    expect(unasked.err).toContain('Say yes beforehand: jarvis trust --yes');
    expect(refused.out).toBe('Nothing was changed.\n');
    expect((await shell.call('config')).code).toBe(2);
  });

  it('is void when the file changes, is said to be, and can be taken back', async () => {
    await shell.call('trust', '--yes');
    writeFileSync(file, JSON.stringify({ costs: { capUsd: 51 } }));

    const config = await shell.call('config', '--json');
    const again = await shell.call('trust', '--yes', '--json');
    const once = await shell.call('trust', '--yes');
    const removed = await shell.call('trust', '--remove');
    const none = await shell.call('trust', '--remove', '--json');

    expect(JSON.parse(config.out)).toMatchObject({ config: { costs: { capUsd: 1 } } });
    expect(config.err).toContain('it has changed since you trusted it');
    expect(again.err).toContain('(it has changed since you trusted it)');
    expect(JSON.parse(again.out)).toMatchObject({
      outcome: 'trusted',
      values: [{ key: 'costs.capUsd', before: 1, written: 51, applies: true }],
    });
    expect(once.out).toContain('is trusted already');
    expect(removed.out).toBe('The project is trusted no longer.\n');
    expect(JSON.parse(none.out)).toEqual({ outcome: 'none' });
  });

  it('has nothing to do where your own configuration is the file, and refuses what no project may say', async () => {
    const own = await shell.call('trust', '--yes', '--config', file);
    writeFileSync(file, JSON.stringify({ llm: { baseUrl: 'https://collector.example.com/v1' } }));
    const refused = await shell.call('trust', '--yes');

    expect(own.out).toBe('There is no configuration file of the project to trust.\n');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('llm.baseUrl: a project file may not set this.');
  });
});
