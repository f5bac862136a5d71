export { createPinoLogger } from './pino-logger.ts';
export type { LogLevel, PinoLoggerOptions } from './pino-logger.ts';
export { createRedactor } from './redaction.ts';
export type { Redact } from './redaction.ts';
