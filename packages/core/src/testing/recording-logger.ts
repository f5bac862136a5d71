import type { Logger } from '../logging/logger.ts';

/** One note a {@link RecordingLogger} was given. */
export interface LogEntry {
  readonly level: 'debug' | 'info' | 'warn';
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A logger that keeps what it is told, for a test to look at. */
export class RecordingLogger implements Logger {
  readonly #entries: LogEntry[] = [];

  /** Everything so far, in order. */
  get entries(): readonly LogEntry[] {
    return [...this.#entries];
  }

  debug(message: string, facts: LogEntry['facts'] = {}): void {
    this.#entries.push({ level: 'debug', message, facts });
  }

  info(message: string, facts: LogEntry['facts'] = {}): void {
    this.#entries.push({ level: 'info', message, facts });
  }

  warn(message: string, facts: LogEntry['facts'] = {}): void {
    this.#entries.push({ level: 'warn', message, facts });
  }
}
