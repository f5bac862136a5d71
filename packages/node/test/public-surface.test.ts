import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import * as checks from '../src/checks/index.ts';
import * as git from '../src/git/index.ts';
import * as root from '../src/index.ts';
import * as openai from '../src/openai/index.ts';
import * as pino from '../src/pino/index.ts';
import * as secrets from '../src/secrets/index.ts';
import * as sqlite from '../src/sqlite/index.ts';
import * as testing from '../src/testing/index.ts';
import * as workspace from '../src/workspace/index.ts';

it.each<[string, object, readonly string[]]>([
  [
    '.',
    root,
    [
      'findRunJournal',
      'findStateDirectory',
      'inspectProjectTrust',
      'nodeRunContext',
      'readEnvironment',
      'readPromptFile',
      'removeProjectTrust',
      'systemClock',
      'trustProject',
    ],
  ],
  ['./openai', openai, ['createOpenAiLlmClient', 'probeServer']],
  [
    './sqlite',
    sqlite,
    [
      'ContentDamagedError',
      'JournalBusyError',
      'JournalClosedError',
      'JournalNoSpaceError',
      'JournalTooNewError',
      'JournalUnavailableError',
      'JournalUnreadableError',
      'SqliteTooOldError',
      'findRun',
      'openSqliteJournal',
      'readProcessIdentity',
    ],
  ],
  ['./git', git, ['GitLockedError', 'openGitRepository']],
  [
    './workspace',
    workspace,
    ['WorkspaceDiskError', 'WorkspaceNoSpaceError', 'WorkspaceWriteDeniedError', 'openNodeWorkspace'],
  ],
  [
    './checks',
    checks,
    [
      'commandCheck',
      'dangerCheck',
      'describeCommands',
      'htmlCheck',
      'jsonCheck',
      'linkCheck',
      'standardChecks',
      'syntaxCheck',
    ],
  ],
  ['./pino', pino, ['createPinoLogger']],
  ['./secrets', secrets, ['createSecretRedactor', 'readSecrets']],
  [
    './testing',
    testing,
    [
      'FakeOpenAiNotStartedError',
      'InvalidScriptError',
      'PortUnavailableError',
      'RequestLogDamagedError',
      'RequestsNotSeenError',
      'readRequestLog',
      'replySchema',
      'requestOutcomeSchema',
      'spawnFakeOpenAi',
      'startFakeOpenAi',
    ],
  ],
])('%s exports these names and no others', (_, entry, names) => {
  expect(Object.keys(entry).sort()).toEqual(names);
});

it('has these entry points and no others', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    readonly exports: object;
  };

  expect(Object.keys(manifest.exports)).toEqual([
    '.',
    './openai',
    './sqlite',
    './git',
    './workspace',
    './checks',
    './pino',
    './secrets',
    './testing',
    './package.json',
  ]);
});
