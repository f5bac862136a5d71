import { isJarvisError, JarvisError, type ModeName, type NanoUsd, renderUsd, toUsd } from '@jarvis/core';

/** The journal holds a record this release does not know. Nothing was changed. */
export class UnknownRecordError extends JarvisError<'JARVIS_RUN_UNKNOWN_RECORD'> {
  readonly code = 'JARVIS_RUN_UNKNOWN_RECORD';
  readonly runId: string;
  readonly recordType: string;

  constructor({ runId, type, version }: { runId: string; type: string; version: number }) {
    super(
      `Run ${runId} was written by a later release: its record "${type}" (version ${String(version)}) is not known ` +
        'here. Update with: npm i @jarvis/cli@latest',
    );
    this.runId = runId;
    this.recordType = type;
  }
}

/** A record does not have the shape of its type: it was not written, or is not followed. */
export class InvalidRecordError extends JarvisError<'JARVIS_RUN_INVALID_RECORD'> {
  readonly code = 'JARVIS_RUN_INVALID_RECORD';
  readonly runId: string;
  readonly seq: number;
  readonly recordType: string;

  constructor({ runId, seq, type, problem }: { runId: string; seq: number; type: string; problem: string }) {
    super(
      `Record ${String(seq)} of run ${runId} is no "${type}": ${problem.replaceAll(/\s+/gu, ' ')}. ` +
        'If a dialect of your own gave the value, correct it and resume the run.',
    );
    this.runId = runId;
    this.seq = seq;
    this.recordType = type;
  }
}

/** The server a run was accepted with is not the one this process would ask. Nothing was sent. */
export class ServerMismatchError extends JarvisError<'JARVIS_RUN_SERVER_MISMATCH'> {
  readonly code = 'JARVIS_RUN_SERVER_MISMATCH';
  readonly acceptedUrl: string;
  readonly configuredUrl: string;

  constructor({ acceptedUrl, configuredUrl }: { acceptedUrl: string; configuredUrl: string }) {
    super(
      `The run was accepted with the model server ${acceptedUrl}, and ${configuredUrl} is configured here. ` +
        'Configure the first one (llm.baseUrl) to resume the run, or start a new run with the other.',
    );
    this.acceptedUrl = acceptedUrl;
    this.configuredUrl = configuredUrl;
  }
}

/** There is no model, and the dialect of the run cannot be simulated. */
export class SimulationUnavailableError extends JarvisError<'JARVIS_SIMULATION_UNAVAILABLE'> {
  readonly code = 'JARVIS_SIMULATION_UNAVAILABLE';
  readonly dialect: string;

  constructor({ dialect }: { dialect: string }) {
    super(
      `There is no key for a model, and the dialect "${dialect}" cannot be simulated. ` +
        'Set OPENAI_API_KEY, or the address of a server of your own (OPENAI_BASE_URL).',
    );
    this.dialect = dialect;
  }
}

/** The dialect of a run does not ask what the mode needs to know. */
export class ModeUnavailableError extends JarvisError<'JARVIS_MODE_UNAVAILABLE'> {
  readonly code = 'JARVIS_MODE_UNAVAILABLE';
  readonly mode: ModeName;
  readonly dialect: string;
  /** The questions it lacks. */
  readonly missing: readonly string[];

  constructor({ mode, dialect, missing }: Pick<ModeUnavailableError, 'mode' | 'dialect' | 'missing'>) {
    super(
      `The dialect ${dialect} cannot be used in mode ${mode}: it has no question for ${missing.join(', ')}. ` +
        'Choose another mode (--mode, or "mode"), or another dialect.',
    );
    this.mode = mode;
    this.dialect = dialect;
    this.missing = missing;
  }
}

/** A task that cannot be worked on. */
export class InvalidTaskError extends JarvisError<'JARVIS_TASK_INVALID'> {
  readonly code = 'JARVIS_TASK_INVALID';

  constructor({ problem }: { problem: string }) {
    super(
      `The task ${problem}. Say what you want to have, for example: jarvis run "Build a landing page for a bakery"`,
    );
  }
}

/** The adapters are not installed and no context was given. */
export class AdapterMissingError extends JarvisError<'JARVIS_ADAPTER_MISSING'> {
  readonly code = 'JARVIS_ADAPTER_MISSING';

  constructor({ cause }: { cause: unknown }) {
    super('There is nothing to reach files, git and models with. Install it: npm i @jarvis/node', { cause });
  }
}

/** A run that was accepted under a dialect nobody gave to this orchestrator. */
export class UnknownDialectError extends JarvisError<'JARVIS_DIALECT_UNKNOWN'> {
  readonly code = 'JARVIS_DIALECT_UNKNOWN';
  readonly dialect: string;

  constructor({ dialect, known, next = 'Pass it as the option "dialect".' }: UnknownDialectFacts) {
    super(`The run speaks the dialect "${dialect}"; known here: ${known.join(', ')}. ${next}`);
    this.dialect = dialect;
  }
}

interface UnknownDialectFacts {
  readonly dialect: string;
  readonly known: readonly string[];
  /** What to do, where no option helps. */
  readonly next?: string;
}

/** Why an answer could not be used; `withheld` when it held a value that must not leave this machine. */
export const answerProblems = [
  'truncated',
  'filtered',
  'refused',
  'empty',
  'malformed',
  'schema_mismatch',
  'withheld',
] as const;

export type AnswerProblem = (typeof answerProblems)[number];

const ANSWER_CODES = {
  truncated: 'JARVIS_ANSWER_TRUNCATED',
  filtered: 'JARVIS_ANSWER_FILTERED',
  refused: 'JARVIS_ANSWER_REFUSED',
  empty: 'JARVIS_ANSWER_EMPTY',
  malformed: 'JARVIS_ANSWER_MALFORMED',
  schema_mismatch: 'JARVIS_ANSWER_SCHEMA_MISMATCH',
  withheld: 'JARVIS_ANSWER_WITHHELD',
} as const satisfies Readonly<Record<AnswerProblem, string>>;

/** The codes of {@link UnusableAnswerError}, one for each reason. */
export type AnswerCode = (typeof ANSWER_CODES)[AnswerProblem];

/** A model's answer could not be used, and asking it to repair the answer did not help. */
export class UnusableAnswerError extends JarvisError<AnswerCode> {
  readonly code: AnswerCode;
  readonly purpose: string;
  readonly reason: AnswerProblem;

  constructor({ purpose, reason, problem }: { purpose: string; reason: AnswerProblem; problem: string }) {
    super(
      `The model's answer (${purpose}) could not be used: ${problem} ` +
        'What is kept of it shows: jarvis show <run> --answers. ' +
        'Choose another model, or say the task more simply, and start a new run.',
    );
    this.code = ANSWER_CODES[reason];
    this.purpose = purpose;
    this.reason = reason;
  }
}

/** Tells whether an error says that an answer could not be used, whichever copy of the package made it. */
export function isUnusableAnswer(error: unknown): error is UnusableAnswerError {
  const codes: readonly string[] = Object.values(ANSWER_CODES);
  return isJarvisError(error) && codes.includes(error.code);
}

/** The run was asked to stop. It can be resumed. */
export class RunInterruptedError extends JarvisError<'JARVIS_RUN_INTERRUPTED'> {
  readonly code = 'JARVIS_RUN_INTERRUPTED';
  readonly runId: string;

  constructor({ runId }: { runId: string }) {
    super(`Stopped as asked. Go on with: jarvis resume ${runId}`);
    this.runId = runId;
  }
}

/** The same step has ended one process after the other. */
export class CrashLoopError extends JarvisError<'JARVIS_RUN_CRASH_LOOP'> {
  readonly code = 'JARVIS_RUN_CRASH_LOOP';
  readonly runId: string;
  readonly step: string;
  readonly crashes: number;

  constructor({ runId, step, crashes }: { runId: string; step: string; crashes: number }) {
    super(
      `Step "${step}" has ended ${String(crashes)} processes, so it is not tried again unasked. ` +
        `Find out what ends them, then: jarvis resume ${runId} --force`,
    );
    this.runId = runId;
    this.step = step;
    this.crashes = crashes;
  }
}

/** A question was sent and its answer was lost; asking again may be paying twice. */
export class CallInDoubtError extends JarvisError<'JARVIS_RUN_CALL_IN_DOUBT'> {
  readonly code = 'JARVIS_RUN_CALL_IN_DOUBT';
  readonly runId: string;
  readonly step: string;
  /** The most the lost call may have cost, in US dollars. */
  readonly atStakeUsd: number;

  constructor({ runId, step, atStake }: { runId: string; step: string; atStake: NanoUsd }) {
    super(
      `The process died while "${step}" was being answered: up to ${renderUsd(atStake)} may have been paid for an ` +
        `answer that is lost. To ask, and pay, again: jarvis resume ${runId} --force`,
    );
    this.runId = runId;
    this.step = step;
    this.atStakeUsd = toUsd(atStake);
  }
}

/** A person wants the run to end where it stands. */
export class RunCancelledError extends JarvisError<'JARVIS_RUN_CANCELLED'> {
  readonly code = 'JARVIS_RUN_CANCELLED';
  readonly runId: string;

  constructor({ runId }: { runId: string }) {
    super(`Cancelled as asked. What it has done shows: jarvis show ${runId}`);
    this.runId = runId;
  }
}

/** The task looks like an attempt to steer the model, and a person wants to be asked. Nothing was paid. */
export class SuspiciousTaskError extends JarvisError<'JARVIS_RUN_TASK_SUSPICIOUS'> {
  readonly code = 'JARVIS_RUN_TASK_SUSPICIOUS';
  readonly runId: string;
  /** What is suspicious, as sentences. */
  readonly findings: readonly string[];

  constructor({ runId, findings }: { runId: string; findings: readonly string[] }) {
    super(
      `The task looks suspicious: ${[...new Set(findings)].join(' ')} Nothing was asked or paid yet. ` +
        `Read it: jarvis show ${runId}. If it is what you want: jarvis resume ${runId} --force`,
    );
    this.runId = runId;
    this.findings = findings;
  }
}
