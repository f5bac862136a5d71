export { transportContract } from './transport-contract.ts';
export type { TransportUnderTest } from './transport-contract.ts';
