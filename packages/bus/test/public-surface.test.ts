import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import * as surface from '../src/index.ts';
import * as contracts from '../src/testing/contracts/index.ts';
import * as testing from '../src/testing/index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'BrokenHistoryError',
    'BudgetReachedError',
    'HandlerTakenError',
    'InboxFullError',
    'InvalidMessageError',
    'InvalidPayloadError',
    'MessageIdTakenError',
    'MessageTooLargeError',
    'NoTimerError',
    'NotARequestError',
    'ObserverFailedError',
    'ReceiverNotAllowedError',
    'ReplyNotAllowedError',
    'ReplyTooLateError',
    'RequestFailedError',
    'RequestTimedOutError',
    'SenderNotAllowedError',
    'UnknownKindError',
    'UnknownReplyTargetError',
    'UnknownRoleError',
    'agentCatalog',
    'createBus',
    'createMemoryTransport',
    'createRecordTransport',
    'defaultLimits',
    'defineCatalog',
    'messageSchema',
    'parseMessage',
    'transportRecordSchema',
  ]);
});

it('exports these fakes and suites for tests', () => {
  expect(Object.keys(testing)).toEqual(['FaultyTransport']);
  expect(Object.keys(contracts)).toEqual(['transportContract']);
});

it('has these entry points and no others', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    exports: object;
  };

  expect(Object.keys(manifest.exports)).toEqual(['.', './testing', './testing/contracts', './package.json']);
});
