import { readFileSync } from 'node:fs';

import { modeNames } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { recorded } from '../test/agent-bus.ts';
import { agentCatalog } from './agent-catalog.ts';
import type { MessageCatalog } from './message/message-catalog.ts';
import { rolesOf } from './message/message-catalog.ts';
import { parseMessage } from './message/parse-message.ts';

const catalog: MessageCatalog = agentCatalog;
const ROLES = [...rolesOf(agentCatalog)];
const stageId = 'stage-1';

const PAYLOADS: Readonly<Record<string, unknown>> = {
  'work.assigned': { round: 2, feedback: ['The price of rolls is missing'] },
  'work.delivered': { round: 2, summary: 'Prices added.', files: ['index.html'] },
  'review.given': { round: 2, approved: false, feedback: ['The price of rolls is missing'] },
  'change.suggested': { change: 'Merge the two pages', reason: 'They show the same' },
  'audit.requested': { stageId, files: ['index.html'] },
  'findings.reported': { stageId, findings: ['The title is empty'] },
  'advance.requested': { stageId },
  'fix.requested': { stageId, findings: ['The title is empty'] },
  'feedback.given': { stageId, feedback: ['Name the currency'] },
  'clarification.requested': { question: 'Which currency?' },
  'clarification.given': { answer: 'Euro' },
  'blocker.reported': { problem: 'The logo is missing' },
  'tool.requested': { tool: 'html', input: { path: 'index.html' } },
  'tool.finished': { succeeded: true, output: '' },
  notice: { text: 'The shop has a new name.' },
  'failure.reported': { problem: 'The tool did not start' },
};

/** The rows of the README: kind, from, to, answered with, costs a call, modes. */
const ROWS = readRows();

const EVERY = Object.keys(PAYLOADS).flatMap((kind) =>
  ROLES.flatMap((from) => ROLES.map((to) => ({ kind, from, to, isAllowed: isInTable(kind, from, to) }))),
);

describe('agentCatalog', () => {
  it('holds the kinds of the table in the README and no others', () => {
    expect(ROWS.map(({ kind }) => kind)).toEqual(Object.keys(agentCatalog));
    expect(Object.keys(PAYLOADS)).toEqual(Object.keys(agentCatalog));
  });

  it.each(ROWS)('says of $kind what the table says', ({ kind, from, to, replies, calls, modes }) => {
    const rules = catalog[kind];

    expect({ from: rules?.from, to: rules?.to, replies: rules?.request?.replies ?? [] }).toEqual({
      from,
      to,
      replies,
    });
    expect(['yes', 'no']).toContain(calls);
    expect(modes.length).toBeGreaterThan(0);
    expect(modes.filter((mode) => !modeNames.some((name) => name === mode))).toEqual([]);
  });

  it.each(ROWS.filter(({ replies }) => replies.length > 0))(
    'lets the receiver of $kind send every answer to its sender',
    ({ from, to, replies }) => {
      for (const reply of replies) {
        expect(to.every((role) => catalog[reply]?.from.includes(role))).toBe(true);
        expect(from.every((role) => catalog[reply]?.to.includes(role))).toBe(true);
      }
    },
  );

  it.each(EVERY.filter(({ isAllowed }) => isAllowed))(
    'lets the $from send $kind to the $to',
    ({ kind, from, to }) => {
      const message = parseMessage(agentCatalog, recorded({ kind, from, to, payload: PAYLOADS[kind] }));

      expect(message.payload).toEqual(PAYLOADS[kind]);
    },
  );

  it.each(EVERY.filter(({ isAllowed }) => !isAllowed))(
    'does not let the $from send $kind to the $to',
    ({ kind, from, to }) => {
      const value = recorded({ kind, from, to, payload: PAYLOADS[kind] });

      expect(() => parseMessage(agentCatalog, value)).toThrow(/may not send|may not go to/);
    },
  );

  it.each([
    ['round 0', 'work.assigned', { round: 0, feedback: [] }],
    ['half a round', 'work.assigned', { round: 1.5, feedback: [] }],
    ['feedback that is no list', 'review.given', { round: 1, approved: true, feedback: 'no' }],
    ['an empty notice', 'notice', { text: '' }],
    ['a key that means nothing', 'notice', { text: 'a', loud: true }],
  ])('refuses %s', (_what, kind, payload) => {
    expect(() => parseMessage(agentCatalog, recorded({ kind, payload }))).toThrow(
      expect.objectContaining({ code: 'JARVIS_BUS_INVALID_PAYLOAD', kind }),
    );
  });
});

function isInTable(kind: string, from: string, to: string): boolean {
  return ROWS.some((row) => row.kind === kind && row.from.includes(from) && row.to.includes(to));
}

function readRows() {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, table = ''] = /\| kind +\| from .*?\n\|[-| ]+\n(.*?)\n\n/su.exec(readme) ?? [];
  return table.split('\n').map((line) => {
    const [kind = '', from = '', to = '', replies = '', calls = '', modes = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('`', '').trim());
    return { kind, from: list(from), to: list(to), replies: list(replies), calls, modes: list(modes) };
  });
}

function list(cell: string): readonly string[] {
  return cell === '' ? [] : cell.split(', ');
}
