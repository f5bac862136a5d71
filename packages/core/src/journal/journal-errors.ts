import { JarvisError } from '../errors/jarvis-error.ts';
import { showValue } from '../errors/show-value.ts';

/** The journal of a run does not hold together: something was lost or changed. */
export class JournalDamagedError extends JarvisError<'JARVIS_JOURNAL_DAMAGED'> {
  readonly code = 'JARVIS_JOURNAL_DAMAGED';
  readonly runId: string;
  /** The first record that does not hold. */
  readonly seq: number;

  constructor({
    runId,
    seq,
    problem,
    cause,
  }: {
    runId: string;
    seq: number;
    problem: string;
    cause?: unknown;
  }) {
    super(
      `The journal of run ${runId} is damaged at record ${String(seq)}: ${problem}. ` +
        'Nothing was started or bought. Restore the state directory from a backup, or start a new run.',
      { cause },
    );
    this.runId = runId;
    this.seq = seq;
  }
}

/** Another writer has appended since this one read, or this writer's lease has been taken over. */
export class StaleWriterError extends JarvisError<'JARVIS_JOURNAL_STALE_WRITER'> {
  readonly code = 'JARVIS_JOURNAL_STALE_WRITER';
  readonly runId: string;

  constructor({ runId, problem }: { runId: string; problem: string }) {
    super(
      `This process may no longer write to run ${runId}: ${problem}. See who continues it with: jarvis show ${runId}`,
    );
    this.runId = runId;
  }
}

/** A run or a workspace is being worked on by another process that is alive. */
export class LeaseHeldError extends JarvisError<'JARVIS_LEASE_HELD'> {
  readonly code = 'JARVIS_LEASE_HELD';
  /** What is in use: `run:<id>` or `workspace:<path>`. */
  readonly resource: string;
  /** Who holds it, for people to read: `process 4711 on host`. */
  readonly owner: string;

  constructor({ resource, owner }: { resource: string; owner: string }) {
    super(`${describe(resource)} is in use by ${owner}. Wait for it to end, or stop that process first.`);
    this.resource = resource;
    this.owner = owner;
  }
}

/** There is no run of that id. */
export class RunNotFoundError extends JarvisError<'JARVIS_RUN_NOT_FOUND'> {
  readonly code = 'JARVIS_RUN_NOT_FOUND';
  readonly runId: string;

  constructor({ runId }: { runId: string }) {
    super(`There is no run ${showValue(runId)} here. List the runs of this project with: jarvis list`);
    this.runId = runId;
  }
}

/** A newer release wrote a record in a shape this one does not know. */
export class RecordTooNewError extends JarvisError<'JARVIS_JOURNAL_RECORD_TOO_NEW'> {
  readonly code = 'JARVIS_JOURNAL_RECORD_TOO_NEW';
  readonly runId: string;
  readonly seq: number;
  readonly type: string;
  /** The version of the record's shape. */
  readonly version: number;
  /** The newest version this release knows of the type. */
  readonly knownVersion: number;

  constructor({
    runId,
    seq,
    type,
    version,
    knownVersion,
  }: Readonly<Record<'seq' | 'version' | 'knownVersion', number> & Record<'runId' | 'type', string>>) {
    super(
      `Record ${String(seq)} of run ${runId} (${type}) has version ${String(version)}, this release of JARVIS knows ` +
        `versions up to ${String(knownVersion)}. Nothing was started or bought. ` +
        'Update JARVIS: npm install -g @jarvis/cli@latest',
    );
    this.runId = runId;
    this.seq = seq;
    this.type = type;
    this.version = version;
    this.knownVersion = knownVersion;
  }
}

/** A table of upcasts has a gap: a mistake in the program that brought it. */
export class UpcastMissingError extends JarvisError<'JARVIS_JOURNAL_UPCAST_MISSING'> {
  readonly code = 'JARVIS_JOURNAL_UPCAST_MISSING';
  readonly type: string;
  /** The version no step starts from. */
  readonly version: number;

  constructor({ type, version }: { type: string; version: number }) {
    super(
      `Nothing lifts records of type ${type} from version ${String(version)} to the next. ` +
        'Add the step to the table of upcasts.',
    );
    this.type = type;
    this.version = version;
  }
}

function describe(resource: string): string {
  const separator = resource.indexOf(':');
  const kind = resource.slice(0, separator);
  return `${kind === 'run' ? 'Run' : 'The workspace'} ${resource.slice(separator + 1)}`;
}
