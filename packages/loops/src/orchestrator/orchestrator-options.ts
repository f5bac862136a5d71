import type { ConfigInput, ModeName, RunContext } from '@jarvis/core';

import type { Dialect } from '../dialect/dialect.ts';
import type { ResumeOptions } from './run-driver.ts';

/** How an orchestrator is set up; every option may be left out. */
export interface JarvisOrchestratorOptions {
  /** Wins over the configuration. */
  readonly mode?: ModeName;
  /** Wins over environment and configuration files. */
  readonly config?: ConfigInput;
  /** The project folder. Default: the current folder. Ignored when a context is given, which has its own. */
  readonly workspace?: string;
  /** What runs need of the world. Default: the one of `@jarvis/node`. */
  readonly context?: RunContext;
  /** How agents are spoken to. Default: the dialect of this release. */
  readonly dialect?: Dialect;
}

/** What one run is about. */
export interface RunInput {
  /** What to build, in the words of the person who wants it. */
  readonly task: string;
  /** Asks the run to stop; it can be resumed. */
  readonly signal?: AbortSignal;
}

/** What changes when a run goes on, and how to stop it. */
export interface ResumeInput extends ResumeOptions {
  readonly signal?: AbortSignal;
}
