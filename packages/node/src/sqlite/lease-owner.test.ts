import { describe, expect, it } from 'vitest';

import { readProcessIdentity } from '../context/process-identity.ts';
import { type HeldBy, lookAtHolder, renderOwner } from './lease-owner.ts';

const self = readProcessIdentity();
const now = { monotonicMs: 1_000_000, wallMs: 2_000_000 };
const anotherPid = 2 ** 22 + 1;

interface Case {
  readonly title: string;
  readonly owner?: Partial<HeldBy['owner']>;
  readonly monotonicAgeMs?: number;
  readonly wallAgeMs?: number;
  readonly expected: boolean;
}

const elsewhere = { host: 'another-machine', bootId: 'another-boot' };
const container = { host: 'container', pidNamespace: 'pid:[1]' };

const cases: readonly Case[] = [
  { title: 'refuses a living process', expected: false },
  { title: 'refuses a living process that beat 30 s ago', monotonicAgeMs: 30_000, expected: false },
  {
    title: 'F18: takes over from a process that was stopped for longer',
    monotonicAgeMs: 30_001,
    expected: true,
  },
  { title: 'F20: takes over from a process that is gone', owner: { pid: anotherPid }, expected: true },
  {
    title: 'F20: takes over when the pid was given to another program',
    owner: { processStartedAt: '1' },
    expected: true,
  },
  {
    title: 'refuses a running process whose start is unknown',
    owner: { processStartedAt: '' },
    expected: false,
  },
  {
    title: 'takes over after the machine was started again',
    owner: { bootId: 'boot-before' },
    expected: true,
  },
  {
    title: 'F29: is not deceived by a wall clock that jumped a day ahead',
    wallAgeMs: 86_400_000,
    expected: false,
  },
  { title: 'F29: is not deceived by a wall clock set to 1970', wallAgeMs: -2e12, expected: false },
  {
    title: 'does not look for pids of another namespace',
    owner: { ...container, pid: anotherPid },
    expected: false,
  },
  {
    title: 'takes over from a silent process of another namespace',
    owner: container,
    monotonicAgeMs: 30_001,
    expected: true,
  },
  {
    title: 'refuses a process of another machine that beat lately',
    owner: elsewhere,
    wallAgeMs: 29_000,
    expected: false,
  },
  {
    title: 'takes over from a silent process of another machine',
    owner: elsewhere,
    wallAgeMs: 30_001,
    expected: true,
  },
  {
    title: 'looks for the process where boots cannot be told apart',
    owner: { bootId: '', pid: anotherPid },
    expected: true,
  },
  {
    title: 'refuses a living process where boots cannot be told apart',
    owner: { bootId: '' },
    expected: false,
  },
];

describe('lookAtHolder', () => {
  it.each(cases)('$title', ({ owner, monotonicAgeMs = 0, wallAgeMs = 0, expected }) => {
    const heldBy = {
      owner: { ...self, ...owner },
      lastBeat: { monotonicMs: now.monotonicMs - monotonicAgeMs, wallMs: now.wallMs - wallAgeMs },
    };

    expect(lookAtHolder(heldBy, self, now).mayBeTakenOver).toBe(expected);
  });
});

describe('lookAtHolder, asked for the process', () => {
  it.each([
    { title: 'alive', owner: {}, life: 'alive' },
    { title: 'dead', owner: { pid: anotherPid }, life: 'dead' },
    { title: 'dead, from before the machine was started again', owner: { bootId: 'before' }, life: 'dead' },
    { title: 'of another machine', owner: elsewhere, life: 'unknown' },
    { title: 'of another pid namespace', owner: container, life: 'unknown' },
  ])('finds one that is $title', ({ owner, life }) => {
    expect(lookAtHolder({ owner: { ...self, ...owner }, lastBeat: now }, self, now)).toMatchObject({
      process: life,
      remainingMs: 30_000,
    });
  });
});

describe('renderOwner', () => {
  it('names process and machine', () => {
    expect(renderOwner({ ...self, pid: 4711, host: 'bakery' })).toBe('process 4711 on bakery');
  });
});
