import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { CommandLine } from './command-line.ts';

const entry = { file: 'test/**', rule: 'github', sha256: '0'.repeat(64) };

let shell: CommandLine;

beforeEach(() => {
  shell = new CommandLine();
  return () => shell.remove();
});

describe('secrets.allow', () => {
  it('of a project counts when the project is trusted, and is refused until then', async () => {
    const file = join(shell.folder, 'jarvis.config.json');
    writeFileSync(file, JSON.stringify({ secrets: { allow: [entry] } }));

    const before = await shell.call('config', '--json');
    await shell.call('trust', '--yes');
    const after = await shell.call('config', '--json');

    expect(before.code).toBe(2);
    expect(before.err + before.out).toContain('a project file may not set this unless you trust it');
    expect(JSON.parse(after.out)).toMatchObject({
      config: { secrets: { allow: [entry] } },
      origins: { 'secrets.allow': `${file} (trusted)` },
    });
  });

  it('of the user counts, and never names the key that models are called with', async () => {
    const own = join(shell.folder, 'own.json');
    writeFileSync(own, JSON.stringify({ secrets: { allow: [entry] } }));
    const allowed = await shell.call('config', '--json', '--config', own);
    writeFileSync(own, JSON.stringify({ secrets: { allow: [{ ...entry, rule: 'known-secret' }] } }));

    const refused = await shell.call('config', '--config', own);

    expect(JSON.parse(allowed.out)).toMatchObject({ config: { secrets: { allow: [entry] } } });
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('the key models are called with is never allowed');
  });
});
