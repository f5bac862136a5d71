export { createPinoLogger } from './pino-logger.ts';
export type { LogLevel, PinoLoggerOptions } from './pino-logger.ts';
