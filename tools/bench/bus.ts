import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';

import { agentCatalog, createBus, type MessageBus } from '@jarvis/bus';
import type mittTypes from 'mitt';

import type { Bench } from './bench.ts';
import { median, renderRatios } from './figures.ts';

// The types of mitt describe what is required, not what is imported.
const mitt = createRequire(import.meta.url)('mitt') as typeof mittTypes.default;

/** How much is said in one batch, and how many batches there are. */
export interface BusSize {
  readonly batches: number;
  readonly messages: number;
  readonly requests: number;
}

const THREAD_LENGTH = 100;
const READS = 100_000;

/** What a bus that checks, numbers and keeps every message takes, beside emitters that do none of it. */
export const busBench: Bench = {
  name: 'bus',
  summary: 'messages, requests and threads of the bus; to be had: 500,000 messages/s and 100,000 requests/s',
  run: () => measureBus({ batches: 9, messages: 100_000, requests: 50_000 }),
};

/** Measures batch by batch, all contenders in turn. */
export async function measureBus({ batches, messages, requests }: BusSize): Promise<readonly string[]> {
  const rates = {
    bus: [] as number[],
    emitter: [] as number[],
    mitt: [] as number[],
    requests: [] as number[],
  };
  for (let batch = 0; batch < batches; batch += 1) {
    rates.bus.push(perSecond(messages, await cpuTimeOf(() => sendOnBus(messages))));
    rates.emitter.push(perSecond(messages, await cpuTimeOf(() => sendOnEmitter(messages))));
    rates.mitt.push(perSecond(messages, await cpuTimeOf(() => sendOnMitt(messages))));
    rates.requests.push(perSecond(requests, await cpuTimeOf(() => ask(requests))));
  }
  return [
    `send to one subscriber: ${render(rates.bus)}`,
    `the same message on EventEmitter: ${render(rates.emitter)}; bus / EventEmitter ${ratiosOf(rates.bus, rates.emitter)}`,
    `the same message on mitt: ${render(rates.mitt)}; bus / mitt ${ratiosOf(rates.bus, rates.mitt)}`,
    `request and answer: ${render(rates.requests)}`,
    await measureThreads(batches, messages),
  ];
}

function newBus(): MessageBus<typeof agentCatalog> {
  return createBus({
    catalog: agentCatalog,
    now: () => Date.now(),
    timer: { monotonicMs: () => performance.now(), sleep },
    limits: { messages: Infinity, bytes: Infinity },
  });
}

/** Ends with its signal: a bench may leave no deadline behind. */
async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timeout = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timeout);
      reject(new Error('the sleep was ended'));
    });
  });
}

function noticeAt(index: number) {
  return {
    id: `m${String(index)}`,
    kind: 'notice',
    from: 'manager',
    to: 'employee',
    threadId: 'bench',
    payload: { text: 'Hello' },
  } as const;
}

function sendOnBus(count: number): void {
  const bus = newBus();
  let heard = 0;
  bus.subscribe('employee', () => (heard += 1));
  for (let index = 0; index < count; index += 1) bus.send(noticeAt(index));
  requireAll(heard, count);
}

function sendOnEmitter(count: number): void {
  const emitter = new EventEmitter();
  let heard = 0;
  emitter.on('employee', () => (heard += 1));
  for (let index = 0; index < count; index += 1) emitter.emit('employee', noticeAt(index));
  requireAll(heard, count);
}

function sendOnMitt(count: number): void {
  const emitter = mitt<{ employee: ReturnType<typeof noticeAt> }>();
  let heard = 0;
  emitter.on('employee', () => (heard += 1));
  for (let index = 0; index < count; index += 1) emitter.emit('employee', noticeAt(index));
  requireAll(heard, count);
}

async function ask(count: number): Promise<void> {
  const bus = newBus();
  const [manager, employee] = [bus.port('manager'), bus.port('employee')];
  manager.handle((message) => {
    manager.reply(message, { kind: 'clarification.given', payload: { answer: 'Yes' } });
  });
  let answered = 0;
  for (let index = 0; index < count; index += 1) {
    const { payload } = await employee.request({
      id: `q${String(index)}`,
      kind: 'clarification.requested',
      to: 'manager',
      threadId: 'bench',
      payload: { question: 'Go on?' },
    });
    if (payload.answer === 'Yes') answered += 1;
  }
  requireAll(answered, count);
}

/** Reads a thread of 100 messages from a bus with few others, and from one with many. */
async function measureThreads(batches: number, messages: number): Promise<string> {
  const [few, many] = [busWithThread(1_000), busWithThread(messages)];
  const ratios: number[] = [];
  const times: number[] = [];
  for (let batch = 0; batch < batches; batch += 1) {
    const fewMs = await cpuTimeOf(() => readThread(few));
    const manyMs = await cpuTimeOf(() => readThread(many));
    ratios.push(manyMs / fewMs);
    times.push((manyMs * 1_000) / READS);
  }
  const others = messages.toLocaleString('en');
  return `conversation of ${THREAD_LENGTH} among ${others} / among 1,000: ${renderRatios(ratios)}; ${median(times).toFixed(2)} µs`;
}

function busWithThread(others: number): MessageBus<typeof agentCatalog> {
  const bus = newBus();
  for (let index = 0; index < others; index += 1) bus.send(noticeAt(index));
  for (let index = 0; index < THREAD_LENGTH; index += 1) {
    bus.send({ ...noticeAt(index), id: `t${String(index)}`, threadId: 'read' });
  }
  return bus;
}

function readThread(bus: MessageBus<typeof agentCatalog>): void {
  for (let read = 0; read < READS; read += 1) requireAll(bus.conversation('read').length, THREAD_LENGTH);
}

function requireAll(actual: number, expected: number): void {
  if (actual !== expected) throw new Error(`${String(actual)} of ${String(expected)} arrived`);
}

/** Milliseconds of processor time, of all threads: whatever else the machine does is left out. */
async function cpuTimeOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function perSecond(count: number, milliseconds: number): number {
  return (count * 1_000) / milliseconds;
}

function render(rates: readonly number[]): string {
  const [least, middle, most] = [Math.min(...rates), median(rates), Math.max(...rates)];
  const [low, mid, high] = [least, middle, most].map((rate) => Math.round(rate).toLocaleString('en'));
  return `${String(mid)}/s (${String(low)}-${String(high)})`;
}

function ratiosOf(first: readonly number[], second: readonly number[]): string {
  return renderRatios(first.map((rate, index) => rate / (second[index] ?? Number.NaN)));
}
