import { JarvisError } from '../../errors/jarvis-error.ts';
import { showValue } from '../../errors/show-value.ts';
import type { LlmRequest } from '../llm-client.ts';
import type { RequestDifference } from './find-difference.ts';

/** A file is no recording of model calls, or one of a later release. It was left as it is. */
export class RecordingUnreadableError extends JarvisError<'JARVIS_LLM_RECORDING_UNREADABLE'> {
  readonly code = 'JARVIS_LLM_RECORDING_UNREADABLE';
  readonly source: string;
  /** The line that cannot be read, from 1. */
  readonly line: number;

  constructor({
    source,
    line,
    problem,
    cause,
  }: {
    readonly source: string;
    readonly line: number;
    readonly problem: string;
    readonly cause?: unknown;
  }) {
    super(
      `The recording ${source} cannot be used: line ${String(line)}: ${problem}. ` +
        'Name another file, or record the run again.',
      { cause },
    );
    this.source = source;
    this.line = line;
  }
}

/** The recorded request that is most like the one that was asked. */
export interface NearestRecorded {
  /** Its place among the exchanges of the recording, from 1. */
  readonly exchange: number;
  readonly difference: RequestDifference;
}

/** A replayed run asks what was not asked when it was recorded. Nobody was asked instead. */
export class NotRecordedError extends JarvisError<'JARVIS_LLM_NOT_RECORDED'> {
  readonly code = 'JARVIS_LLM_NOT_RECORDED';
  readonly purpose: string;
  readonly model: string;
  /** Left out when the recording holds no exchange at all. */
  readonly nearest: NearestRecorded | undefined;

  constructor({
    request,
    nearest,
  }: {
    readonly request: LlmRequest;
    readonly nearest: NearestRecorded | undefined;
  }) {
    const { purpose, role, model } = request;
    super(
      `The recording has no answer to the question "${purpose}" of the ${role} to ${showValue(model)}. ` +
        `${describeNearest(nearest)} Replay it with the task, configuration and release it was recorded with, ` +
        'or record the run again.',
    );
    this.purpose = purpose;
    this.model = model;
    this.nearest = nearest;
  }
}

function describeNearest(nearest: NearestRecorded | undefined): string {
  if (nearest === undefined) return 'It is empty.';
  const { exchange, difference } = nearest;
  return (
    `The nearest is exchange ${String(exchange)}, which first differs in ${difference.where}: ` +
    `recorded ${showValue(difference.recorded)}, asked ${showValue(difference.asked)}.`
  );
}
