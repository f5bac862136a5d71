import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import * as surface from '../src/index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'BrokenHistoryError',
    'InvalidMessageError',
    'InvalidPayloadError',
    'MessageIdTakenError',
    'ObserverFailedError',
    'ReceiverNotAllowedError',
    'SenderNotAllowedError',
    'UnknownKindError',
    'UnknownReplyTargetError',
    'UnknownRoleError',
    'agentCatalog',
    'createBus',
    'defineCatalog',
    'messageSchema',
    'parseMessage',
  ]);
});

it('has these entry points and no others', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    exports: object;
  };

  expect(Object.keys(manifest.exports)).toEqual(['.', './package.json']);
});
