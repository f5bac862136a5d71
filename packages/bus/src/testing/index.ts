export { FaultyTransport } from './faulty-transport.ts';
export type { Fault } from './faulty-transport.ts';
