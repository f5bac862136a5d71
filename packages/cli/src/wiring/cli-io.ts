/** A signal that asks the process to stop; `SIGHUP` says that its terminal went away. */
export type StopSignal = 'SIGHUP' | 'SIGINT' | 'SIGTERM';

/** What a command may use of the process it runs in. */
export interface CliIo {
  /** Writes to standard output: results only. */
  readonly out: (text: string) => void;
  /** Writes to standard error: progress, notes and errors. */
  readonly err: (text: string) => void;
  /** Asks a person for a yes; anything else is a no. Left out where there is no terminal to ask on. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** How the person is called on this machine; left out where nobody knows. */
  readonly userName?: string;
  /** The folder the command was called in. */
  readonly folder: string;
  /** Calls back for each signal that asks the process to stop, and gives the way to stop listening. */
  readonly onStopSignal: (listener: (signal: StopSignal) => void) => () => void;
  /** Ends the process at once. */
  readonly exit: (code: number) => never;
}
