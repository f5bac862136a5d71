import { describe, expect, it } from 'vitest';

import { type ImportRequest, judgeImport } from './judge-import.ts';
import type { SourcePlace } from './source-place.ts';

function source(project: string, file = 'src/any-file.ts'): SourcePlace {
  return { project, file, kind: 'source' };
}

function test(project: string): SourcePlace {
  return { project, file: 'src/any-file.test.ts', kind: 'test' };
}

function judge(name: string, place: SourcePlace, kind: ImportRequest['kind'] = 'static'): string | undefined {
  return judgeImport({ name, kind }, place);
}

describe('judgeImport', () => {
  it.each([
    ['zod', source('packages/core')],
    ['node:crypto', source('packages/core')],
    ['@jarvis/core', source('packages/bus')],
    ['@jarvis/core/testing', test('packages/roadmap')],
    ['@jarvis/stages', source('packages/loops')],
    ['openai', source('packages/node')],
    ['node:fs', source('packages/node')],
    ['node:fs', test('packages/core')],
    ['vitest', test('packages/stages')],
    ['vitest', source('packages/core', 'src/testing/contracts/journal-contract.ts')],
    ['commander', source('packages/cli')],
    ['@jarvis/core', test('packages/core')],
    ['node:fs', source('packages/legacy-compat', 'src/migrate/detect-format.ts')],
    ['./sibling.ts', source('packages/core')],
    ['../../vitest.shared.ts', { project: 'packages/core', file: 'vitest.config.ts', kind: 'config' }],
    ['@jarvis/legacy-compat', source('tools', 'baseline/main.ts')],
  ] as const)('accepts %s in %o', (name, place) => {
    expect(judge(name, place)).toBeUndefined();
  });

  it('sends a third-party client out of the kernel', () => {
    expect(judge('openai/resources', source('packages/core'))).toBe(
      'core may import zod only, not openai: put the client behind a port in core and the adapter in @jarvis/node.',
    );
  });

  it('keeps the domain packages from knowing one another', () => {
    expect(judge('@jarvis/roadmap', source('packages/bus'))).toBe(
      'bus may import @jarvis/core, zod only, not @jarvis/roadmap: compose the subjects in @jarvis/loops, ' +
        'move a word that two of them share to core/src/vocabulary, or ask for a port of core.',
    );
  });

  it('keeps the kernel free of every other package, types included', () => {
    expect(judge('@jarvis/bus', source('packages/core'), 'type')).toMatch(/^core may import zod only/u);
  });

  it('keeps adapters from knowing what is above their ports', () => {
    expect(judge('@jarvis/loops', source('packages/node'))).toContain('move the port to core');
  });

  it.each(['packages/node', 'packages/loops', 'packages/legacy-compat'])(
    'lets nothing published import the cli: %s',
    (project) => {
      expect(judge('@jarvis/cli', source(project))).toContain('not @jarvis/cli');
    },
  );

  it('allows the adapters in loops only in one file and only late', () => {
    const place = source('packages/loops', 'src/orchestrator/default-context.ts');

    expect(judge('@jarvis/node', place, 'dynamic')).toBeUndefined();
    expect(judge('@jarvis/node', place, 'type')).toBeUndefined();
    expect(judge('@jarvis/node', place, 'static')).toBe(
      'loops reaches @jarvis/node only by `await import()` in src/orchestrator/default-context.ts: ' +
        'take the port from the run context.',
    );
    expect(judge('@jarvis/node', source('packages/loops'), 'dynamic')).toContain('default-context.ts');
  });

  it('allows the old world in the cli only in the migrate commands and behind old runs, and only late', () => {
    const place = source('packages/cli', 'src/commands/migrate-config.ts');
    const wiring = source('packages/cli', 'src/wiring/open-orchestrator.ts');

    expect(judge('@jarvis/legacy-compat/migrate', place, 'dynamic')).toBeUndefined();
    expect(judge('@jarvis/legacy-compat', wiring, 'dynamic')).toBeUndefined();
    expect(judge('@jarvis/legacy-compat/migrate', place, 'static')).toContain('src/commands/migrate*.ts');
    expect(
      judge('@jarvis/legacy-compat', source('packages/cli', 'src/commands/run.ts'), 'dynamic'),
    ).toContain('src/commands/migrate*.ts');
  });

  it('names the port to use instead of a module that touches the world', () => {
    expect(judge('node:fs', source('packages/roadmap'))).toBe(
      'packages/roadmap/src may not import node:fs: read and write through the workspace port.',
    );
  });

  it('keeps the shims of the old world away from the file system', () => {
    expect(judge('node:fs', source('packages/legacy-compat', 'src/entries/orchestrator.ts'))).toContain(
      'packages/legacy-compat/src/entries may not import node:fs',
    );
  });

  it('asks for the prefix of a module of Node', () => {
    expect(judge('fs', source('packages/node'))).toBe('Write "node:fs": modules of Node carry their prefix.');
  });

  it('asks for a declaration of what a published package uses, even if the root has it', () => {
    expect(judge('vitest', source('packages/node', 'src/openai/client.ts'))).toContain(
      'vitest is not declared in packages/node/package.json',
    );
  });

  it('rejects a path into the files of another package', () => {
    expect(judge('../../core/src/index.ts', source('packages/bus'))).toContain('leaves packages/bus');
  });

  it.each([
    ['engine/evolve.ts', '../adaptive/guarantees.ts'],
    ['actions/do-work.ts', '../orchestrator/pins.ts'],
    ['adaptive/split-in-halves.ts', '../two-loop/decide-two-loop.ts'],
    ['two-loop/decide-two-loop.ts', '../view/project-run.ts'],
    ['view/project-run.ts', '../orchestrator/mode.ts'],
  ])('rejects what points upwards in loops: %s to %s', (file, name) => {
    expect(judge(name, source('packages/loops', `src/${file}`))).toContain(
      `may not import src/${name.split('/')[1] ?? ''}:`,
    );
  });

  it.each([
    ['engine/evolve.ts', '../stage-work/guarantees.ts'],
    ['stage-work/guarantees.ts', '../engine/run-state.ts'],
    ['adaptive/split-in-halves.ts', './guarantees.ts'],
    ['adaptive/split-in-halves.ts', '../errors.ts'],
    ['index.ts', './orchestrator/mode.ts'],
    ['orchestrator/mode-registry.ts', '../adaptive/decide-adaptive.ts'],
    ['view/project-snapshots.ts', '../snapshots/list-snapshots.ts'],
  ])('accepts what points down or aside in loops: %s to %s', (file, name) => {
    expect(judge(name, source('packages/loops', `src/${file}`))).toBeUndefined();
    expect(
      judge('../orchestrator/mode.ts', {
        project: 'packages/loops',
        file: 'src/engine/a.test.ts',
        kind: 'test',
      }),
    ).toBeUndefined();
  });

  it('rejects the own name inside the sources of a package', () => {
    expect(judge('@jarvis/core/testing', source('packages/core'))).toContain(
      'import the file that owns the name',
    );
  });
});
