import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { commandTable } from '../src/commands/command-table.ts';

const BIN = fileURLToPath(new URL('../src/bin.ts', import.meta.url));

/** Tells at the end of a process what was loaded, and makes one package fail to load. */
const WATCH = `
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === process.env.MISSING) throw new Error('Cannot find package ' + specifier);
      const found = next(specifier, context);
      loaded.push(found.url);
      return found;
    },
  });
  process.on('exit', () => process.stderr.write('LOADED ' + JSON.stringify(loaded)));
`;

const folder = mkdtempSync(join(tmpdir(), 'jarvis-start-'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A call of the command in a process of its own, and which modules it loaded. */
function start(args: readonly string[], missing = '') {
  const watch = ['--import', `data:text/javascript,${encodeURIComponent(WATCH)}`];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@jarvis/source', ...watch, BIN, ...args],
    { cwd: folder, env: { PATH: process.env['PATH'], HOME: folder, MISSING: missing }, encoding: 'utf8' },
  );
  const [err = '', loaded = ''] = stderr.split('LOADED ');
  return { code: status, out: stdout, err, loaded: z.array(z.string()).parse(JSON.parse(loaded)) };
}

function among(loaded: readonly string[], part: RegExp): readonly string[] {
  return loaded.filter((url) => part.test(url));
}

describe('what a start loads', () => {
  it.each(['--version', '--help', 'help'])('is none of the other packages for %s', (word) => {
    const { code, out, loaded } = start([word]);

    expect(code).toBe(0);
    expect(out).not.toBe('');
    expect(among(loaded, /\/packages\/(?!cli\/)|\/zod\//u)).toEqual([]);
  });

  it('is one command, and nothing that listing runs does not need', () => {
    const { code, loaded } = start(['list']);

    expect(code).toBe(0);
    expect(among(loaded, /\/commands\/(?!cli-command|command-table|list\.)/u)).toEqual([]);
    expect(among(loaded, /\/(?:yaml|pino|simple-git|openai)\/(?!src|[\w-]+\.ts$)|^node:http/u)).toEqual([]);
  });

  it('is told like any other failure when it is not there', () => {
    const { code, out, err } = start(['list', '--json'], '@jarvis/loops');

    expect(code).toBe(1);
    expect(err).toMatch(/^jarvis: Cannot find package @jarvis\/loops\njarvis: .*--debug\.\n$/u);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'JARVIS_UNEXPECTED' } });
  });
});

describe('the table of commands', () => {
  it.each(commandTable)('tells of each argument of $name what it stands for', async ({ args, load }) => {
    const command = await load();

    expect(command.args).toHaveLength(args.length);
  });
});
