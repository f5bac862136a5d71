export { exitCodes } from './exit-codes.ts';
export type { ExitCode } from './exit-codes.ts';
export { main } from './main.ts';
export type { CliIo } from './wiring/cli-io.ts';
