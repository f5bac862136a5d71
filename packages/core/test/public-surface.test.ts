import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

import { beforeAll, describe, expect, it } from 'vitest';

import * as root from '../src/index.ts';
import * as contracts from '../src/testing/contracts/index.ts';
import * as testing from '../src/testing/index.ts';

it('exports these names from @jarvis/core and no others', () => {
  expect(Object.keys(root).sort()).toEqual([
    'ChainReader',
    'Circuits',
    'CostCapReachedError',
    'GitCommandError',
    'GitConflictError',
    'GitHookFailedError',
    'GitUnusableError',
    'IncompleteRoutingError',
    'InvalidConfigError',
    'JarvisError',
    'JournalDamagedError',
    'LeaseHeldError',
    'LlmError',
    'MemoryJournal',
    'MemoryRecording',
    'MemoryReplyCache',
    'NotRecordedError',
    'PathEscapeError',
    'PromptRefusedError',
    'QUOTED_DATA_RULE',
    'RecordTooNewError',
    'RecordedLlmClient',
    'RecordingUnreadableError',
    'ReplayDivergedError',
    'RunNotFoundError',
    'RunRecorder',
    'SIMULATION_MODEL',
    'SimulatedLlmClient',
    'StaleWriterError',
    'Steps',
    'UnknownPriceError',
    'UpcastMissingError',
    'WorkspaceConflictError',
    'WorkspaceUnusableError',
    'addAttempt',
    'addDomain',
    'addFinished',
    'addStarted',
    'adoptOverride',
    'agentRoleSchema',
    'attemptIdOf',
    'availableNanoUsd',
    'byteTokenCounter',
    'capFlagOf',
    'changeSchema',
    'chooseDomain',
    'chooseModel',
    'classifyTask',
    'composePrompt',
    'configJsonSchema',
    'configSchema',
    'countCrashes',
    'crashPlaces',
    'createLedger',
    'currentVersion',
    'decideGate',
    'decisionIdOf',
    'defaultCircuitPolicy',
    'defaultConfig',
    'defaultPriceTable',
    'defaultRetryPolicy',
    'delayBeforeRetry',
    'describeRefusal',
    'describeScope',
    'emptyHead',
    'encodeExchange',
    'evolveGates',
    'expireGate',
    'findBindingCap',
    'findInstallScriptProblems',
    'findPrice',
    'findUnfinished',
    'findWriteProblems',
    'findingSchema',
    'findingSeveritySchema',
    'foldPath',
    'foldSession',
    'foldWhiteSpace',
    'forgive',
    'gateDecisionSchema',
    'gateRecordSchemas',
    'gateRulesAt',
    'gateRulesSchema',
    'gateStatus',
    'guardedLlm',
    'hasErrorCode',
    'hasInstallScripts',
    'hashSubject',
    'isInvalidConfigError',
    'isJarvisError',
    'isLlmError',
    'isValidId',
    'isWithheld',
    'keepAnswer',
    'leastUsefulOutput',
    'lintPrompts',
    'lintRules',
    'llmErrorReasons',
    'llmResponseSchema',
    'mergeConfig',
    'modeNames',
    'modelPriceSchema',
    'modelsNamedBy',
    'nearestWord',
    'noCrashPoint',
    'openGate',
    'openRecords',
    'pageLimits',
    'pageSummarySchema',
    'parseConfig',
    'parsePromptFile',
    'parseRecording',
    'planWrites',
    'priceOf',
    'quoteUntrusted',
    'recordingHeader',
    'refusePath',
    'renderSeat',
    'renderUsd',
    'reserve',
    'resolveChanges',
    'routingRuleSchema',
    'runChecks',
    'runStatusSchema',
    'screenTask',
    'screeningFindingSchema',
    'sealRecord',
    'selectFiles',
    'selectSessionContext',
    'serializeError',
    'setDown',
    'settle',
    'sha256',
    'silentLogger',
    'spentIn',
    'stageBriefSchema',
    'stepRecordSchemas',
    'tellingWords',
    'templateFingerprint',
    'templateName',
    'toNanoUsd',
    'toScopeCaps',
    'toUsd',
    'upcastRecord',
    'waitingStep',
    'withCache',
    'withCircuit',
    'withCostCap',
    'withDeadline',
    'withFallback',
    'withJournal',
    'withRecording',
    'withRetry',
    'worstCaseOf',
    'writePlanSchema',
  ]);
});

it('exports these names from @jarvis/core/testing and no others', () => {
  expect(Object.keys(testing).sort()).toEqual([
    'CountingIds',
    'CrashingCrashPoint',
    'FakeGitRepository',
    'FixedClock',
    'MarkerSecretScanner',
    'MemoryWorkspace',
    'RecordingLogger',
    'ScriptedLlmClient',
    'SimulatedCrash',
    'UnexpectedRequestError',
    'plainPageReader',
    'plainReplyParser',
    'testRunContext',
    'withCrash',
  ]);
});

it('exports these names from @jarvis/core/testing/contracts and no others', () => {
  expect(Object.keys(contracts).sort()).toEqual([
    'gitRepositoryContract',
    'journalContract',
    'llmClientContract',
    'pageReaderContract',
    'workspaceContract',
  ]);
});

it('has these entry points and no others', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    readonly exports: object;
  };

  expect(Object.keys(manifest.exports)).toEqual(['.', './testing', './testing/contracts', './package.json']);
});

describe.each(['@jarvis/core', '@jarvis/core/testing'])('what is loaded by importing %s', (name) => {
  let loaded: readonly string[];

  beforeAll(async () => {
    loaded = await listLoadedModules(name);
  });

  it('is seen by the hook, so that the tests below mean something', () => {
    expect(loaded).toContainEqual(
      expect.stringMatching(/\/packages\/core\/src\/journal\/memory-journal\.ts$/u),
    );
  });

  it('is, beside its own files, zod and what Node hashes with', () => {
    const foreign = loaded
      .filter((address) => !address.includes('/packages/core/src/'))
      .map((address) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(address)?.[1] ?? address);

    expect([...new Set(foreign)].sort()).toEqual(['node:crypto', 'zod']);
  });
});

it('loads no fake and no test runner with @jarvis/core', async () => {
  const loaded = await listLoadedModules('@jarvis/core');

  expect(loaded.filter((address) => /\/src\/testing\/|vitest|\.test\.ts/u.test(address))).toEqual([]);
});

/** The addresses of all modules a fresh process loads for an import. */
async function listLoadedModules(name: string): Promise<readonly string[]> {
  const script = `
    const { registerHooks } = process.getBuiltinModule('node:module');
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
