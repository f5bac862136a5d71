/** Something a file could reach without being given it. */
export interface AmbientName {
  /** The global (`fetch`), or the property of a global (`Date.now`). */
  readonly name: string;
  readonly instead: string;
}

const CLOCK = 'Take the time from context.clock: nowMs() for a date, monotonicMs() to measure.';
const WAIT = 'Wait with context.clock.sleep(ms, signal), or bound a wait with AbortSignal.timeout(ms).';
const IDS = 'Take ids from context.ids, or hash what the thing belongs to.';
const PORT = 'Declare a port in core and put the adapter in @jarvis/node.';

/** Time and chance: they come from the run context, so that a run can be replayed and tested. */
export const timeAndChance: readonly AmbientName[] = [
  { name: 'Date.now', instead: CLOCK },
  { name: 'performance', instead: CLOCK },
  { name: 'Math.random', instead: IDS },
  { name: 'crypto.randomUUID', instead: IDS },
  { name: 'crypto.getRandomValues', instead: IDS },
  { name: 'setTimeout', instead: WAIT },
  { name: 'setInterval', instead: WAIT },
  { name: 'setImmediate', instead: WAIT },
];

/** The network: models are called through their port, which reserves the money first. */
export const network: readonly AmbientName[] = [
  { name: 'fetch', instead: `Call models through context.llm. ${PORT}` },
  { name: 'WebSocket', instead: PORT },
  { name: 'EventSource', instead: PORT },
];

/** The terminal: a library that prints cannot be used in a pipe. */
export const terminal: readonly AmbientName[] = [
  {
    name: 'console',
    instead: 'Only cli/src/ui prints: return the value, emit an event, or log through context.logger.',
  },
];

/** The process: arguments, environment, exit. */
export const processState: readonly AmbientName[] = [
  {
    name: 'process',
    instead: 'Let the caller pass the value in; only the cli and @jarvis/node know the process.',
  },
];
