import {
  type InboxEntry,
  type Journal,
  type JournalRecord,
  type Lease,
  type RunContext,
  RunNotFoundError,
  RunRecorder,
} from '@jarvis/core';

import { evolve } from './evolve.ts';
import { foldRun, type FoldedRun, type PastRecord } from './fold-run.ts';
import { type InboxCommand, readCommand } from './inbox.ts';
import { toRoadmapRecord } from './people-changes.ts';
import {
  type Accepted,
  parseRunRecord,
  type RunRecord,
  type RunRecordDraft,
  runRecordUpcasts,
} from './run-records.ts';
import type { RunState } from './run-state.ts';

export interface RunSessionOptions {
  readonly runId: string;
  readonly context: Pick<RunContext, 'journal' | 'clock'>;
  /** The lease on the run. */
  readonly lease: Lease;
  /** Told each new record the moment it has its place. */
  readonly onRecord: (record: RunRecord) => void;
}

/** A run that is open for writing: its state, kept up to date record by record. */
export class RunSession {
  readonly runId: string;
  readonly recorder: RunRecorder;
  readonly #journal: Journal;
  readonly #past: readonly PastRecord[];
  /** What is on record here and not yet on disk still waits in the journal. */
  readonly #taken = new Set<string>();
  #state: RunState;

  private constructor(
    { runId, context, lease, onRecord }: RunSessionOptions,
    { state, past, head }: FoldedRun,
  ) {
    this.runId = runId;
    this.#journal = context.journal;
    this.#past = past;
    this.#state = state;
    this.recorder = new RunRecorder({
      runId,
      journal: context.journal,
      lease,
      clock: context.clock,
      head,
      upcasts: runRecordUpcasts,
      onRecord: (record: JournalRecord) => {
        const typed = parseRunRecord(record);
        this.#state = evolve(this.#state, typed);
        onRecord(typed);
      },
    });
  }

  /**
   * Reads and proves what the journal holds of the run.
   *
   * @throws {@link JournalDamagedError} when a record does not hold.
   * @throws {@link UnknownRecordError} when a later release wrote it.
   */
  static async open(options: RunSessionOptions): Promise<RunSession> {
    const { runId, context } = options;
    return new RunSession(options, await foldRun(context.journal, runId));
  }

  get state(): RunState {
    return this.#state;
  }

  /** What the run was accepted as. */
  get accepted(): Accepted {
    const { accepted } = this.#state;
    if (accepted === undefined) throw new RunNotFoundError({ runId: this.runId });
    return accepted;
  }

  /** Those records that were there when the session was opened of which more is asked than the state tells. */
  get past(): readonly PastRecord[] {
    return this.#past;
  }

  /**
   * Puts what was posted to the run on record; it reaches the disk with the next record that must. Changes of the
   * roadmap wait until no action is open: what agents are told in an action is the same when it is gone on with. Those
   * posted to a run that is over wait until it is opened again.
   */
  async takeInbox(): Promise<void> {
    for (const entry of await this.#journal.readInbox(this.runId)) {
      if (this.#taken.has(entry.id)) continue;
      const command = readCommand(entry);
      const { openAction, ended } = this.#state;
      if (isAboutRoadmap(command) && (openAction !== undefined || ended !== undefined)) continue;
      this.#taken.add(entry.id);
      this.recorder.defer(toRecord(this.#state, entry, command), { taken: entry.id });
    }
  }

  /** Whether a person wants the run to end, be that on record or not. Changes nothing. */
  async isCancelAsked(): Promise<boolean> {
    if (this.#state.cancelled !== undefined) return true;
    const commands = (await this.#journal.readInbox(this.runId)).map(readCommand);
    return commands.some((command) => 'type' in command && command.type === 'cancel');
  }

  /** Gives a record its place; it reaches the disk with the next one that must. */
  defer(draft: RunRecordDraft): void {
    this.recorder.defer(draft);
  }

  /** Gives records their place and resolves when they are on disk. */
  append(...drafts: readonly RunRecordDraft[]): Promise<void> {
    return this.recorder.append(...drafts);
  }
}

type ReadCommand = InboxCommand | { readonly problem: string };

function isAboutRoadmap(command: ReadCommand): boolean {
  return 'type' in command && command.type === 'roadmap';
}

function toRecord(state: RunState, { id }: InboxEntry, command: ReadCommand): RunRecordDraft {
  if ('problem' in command) return { type: 'inbox.refused', data: { id, ...command } };
  switch (command.type) {
    case 'amend':
      return { type: 'run.amended', data: command.amendment };
    case 'roadmap':
      return toRoadmapRecord(state, command.change);
    case 'forget':
      return { type: 'run.forgotten', data: {} };
    case 'decide':
      return { type: 'gate.decided', data: command.decision };
    case 'cancel':
      return {
        type: 'run.cancelled',
        data: command.reason === undefined ? {} : { reason: command.reason },
      };
  }
}
