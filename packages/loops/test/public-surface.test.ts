import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

import { beforeAll, describe, expect, it } from 'vitest';

import * as surface from '../src/index.ts';
import { RELEASE } from '../src/orchestrator/release.ts';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
  readonly exports: object;
};

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'AdapterMissingError',
    'AgentCoordinator',
    'CallInDoubtError',
    'CrashLoopError',
    'GateDecisionError',
    'GateExpiredError',
    'GateRejectedError',
    'GateWaitingError',
    'InvalidRecordError',
    'InvalidTaskError',
    'JarvisOrchestrator',
    'ModeUnavailableError',
    'OrchestratorMemory',
    'OrchestratorMode',
    'RoadmapFixedError',
    'RunCancelledError',
    'RunInterruptedError',
    'RunOverError',
    'RunReader',
    'ServerMismatchError',
    'SimulationUnavailableError',
    'SnapshotNotFoundError',
    'SuspiciousTaskError',
    'UncommittedFilesError',
    'UnknownDialectError',
    'UnknownRecordError',
    'UnsafeWordsError',
    'UnusableAnswerError',
    'amendmentSchema',
    'answerProblems',
    'availableModes',
    'builtInPrompts',
    'countTries',
    'createSpendingWatch',
    'describeMutation',
    'describePosted',
    'describeRecord',
    'describeUncommitted',
    'estimateRun',
    'isRunCost',
    'listSnapshots',
    'measureAgents',
    'modernDialect',
    'parseRunRecord',
    'planSchema',
    'projectRoadmap',
    'projectRun',
    'pruneRuns',
    'readAccepted',
    'readCostHistory',
    'readPostedChanges',
    'readRun',
    'readRunRecords',
    'renderEstimate',
    'reviewSchema',
    'simulatedTeam',
    'stageIdOf',
    'workSchema',
  ]);
});

it('has these entry points and no others', () => {
  expect(Object.keys(manifest.exports)).toEqual(['.', './package.json']);
});

it('records runs under the version of the package', () => {
  expect(RELEASE).toBe(manifest.version);
});

describe('what is loaded by importing @jarvis/loops', () => {
  let loaded: readonly string[];

  beforeAll(async () => {
    loaded = await listLoadedModules('@jarvis/loops');
  });

  it('is seen by the hook, so that the tests below mean something', () => {
    expect(loaded).toContainEqual(expect.stringMatching(/\/packages\/loops\/src\/index\.ts$/u));
    expect(loaded).toContainEqual(expect.stringMatching(/\/packages\/core\/src\/index\.ts$/u));
  });

  it.each([
    ['the adapters', /\/packages\/node\//u],
    ['a model client', /\/node_modules\/openai\//u],
    ['git', /\/node_modules\/simple-git\//u],
    ['a logger', /\/node_modules\/pino\//u],
    ['SQLite', /^node:sqlite$/u],
    ['files or the network', /^node:(?:fs|http|https|net|child_process)(?:\/|$)/u],
  ])('is not %s', (_, address) => {
    expect(loaded.filter((module) => address.test(module))).toEqual([]);
  });

  it('is, of libraries, zod alone', () => {
    const libraries = loaded.flatMap(
      (module) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(module)?.[1] ?? [],
    );

    expect([...new Set(libraries)]).toEqual(['zod']);
  });
});

/** The addresses of all modules a fresh process loads for an import. */
async function listLoadedModules(name: string): Promise<readonly string[]> {
  const script = `
    import { registerHooks } from 'node:module';
    const addresses = new Set();
    registerHooks({
      resolve(specifier, context, next) {
        const resolved = next(specifier, context);
        addresses.add(resolved.url);
        return resolved;
      },
    });
    await import(${JSON.stringify(name)});
    process.stdout.write(JSON.stringify([...addresses]));`;
  const options = ['--conditions=@jarvis/source', '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: import.meta.dirname });
  return JSON.parse(stdout) as readonly string[];
}
