import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { afterAll, describe, expect, it } from 'vitest';

import { deprecations } from '../src/shims/deprecations.ts';

const run = promisify(execFile);
const root = mkdtempSync(join(tmpdir(), 'jarvis-deprecations-'));

afterAll(() => {
  rmSync(root, { recursive: true });
});

/** Calls an old name twice, and one more, in a process of its own. */
const CALLS = `
const { main } = await import('@jarvis/legacy-compat/orchestrator_2loop');
const { OrchestratorContext } = await import('@jarvis/legacy-compat/orchestrator_context');
process.stdout.write('loaded ');
const places = { folder: ${JSON.stringify(join(root, 'site'))}, stateDirectory: ${JSON.stringify(join(root, 'state'))} };
const context = OrchestratorContext.create_default({ task: '', project_subdir: '.' }, places);
for (const again of [1, 2]) await main(context).catch(() => process.stdout.write('called '));
`;

async function call(...flags: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const args = ['--conditions=@jarvis/source', ...flags, '--input-type=module', '--eval', CALLS];
  const cwd = fileURLToPath(new URL('.', import.meta.url));
  try {
    const { stdout, stderr } = await run(process.execPath, args, { cwd });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

describe('a deprecated name', { timeout: 60_000 }, () => {
  it('says once in a process what to use instead, with its code and the release that removes it', async () => {
    const { code, out, err } = await call();

    expect({ code, out }).toEqual({ code: 0, out: 'loaded called called ' });
    expect(err.match(/JARVIS_DEP005/gu)).toHaveLength(1);
    expect(err).toContain(
      'orchestrator_2loop.main is deprecated since 0.1.0 and removed in 1.0. Use new JarvisOrchestrator',
    );
  });

  it('says nothing with --no-deprecation', async () => {
    const { code, err } = await call('--no-deprecation');

    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('says nothing of one code with --disable-warning', async () => {
    const { code, err } = await call('--disable-warning=JARVIS_DEP005');

    expect(code).toBe(0);
    expect(err).not.toContain('JARVIS_DEP005');
    expect(err).toContain('JARVIS_DEP011');
  });

  it('ends the process with --throw-deprecation', async () => {
    const { code, err } = await call('--throw-deprecation');

    expect(code).toBe(1);
    expect(err).toContain('JARVIS_DEP011');
  });

  it('tells where it was called with --trace-deprecation', async () => {
    const { code, err } = await call('--trace-deprecation');

    expect(code).toBe(0);
    expect(err).toMatch(/orchestrator_2loop\.main is deprecated[^\n]+\n\s+at warnDeprecated/u);
  });
});

it('has a code of its own for each name', () => {
  const codes = Object.values(deprecations).map(({ code }) => code);

  expect(codes).toEqual(codes.map((_, index) => `JARVIS_DEP${String(index + 1).padStart(3, '0')}`));
});

it('is in the reference, row by row', () => {
  const page = readFileSync(new URL('../../../docs/reference/deprecations.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(JARVIS_DEP\d+)` +\| `([^`]+)`/gmu)].map(([, code, name]) => [
    code,
    name,
  ]);

  expect(rows).toEqual(Object.entries(deprecations).map(([name, { code }]) => [code, name]));
});
