import type { z } from 'zod';

import { sha256 } from '../journal/hash.ts';
import type { JournalRecord } from '../journal/journal-record.ts';
import { attemptIdOf } from './open-action.ts';
import { type StepStarted, stepRecordSchemas } from './step-records.ts';

type Facts = Readonly<Record<string, unknown>>;

/** The step that is open at a place in the journal, and the attempt that was opened last. */
export interface OpenStep {
  readonly step: Omit<StepStarted, 'intent'>;
  readonly attempt?: { readonly attemptId: string; readonly model: string; readonly role: string };
}

/** The id of a step: the same in every process that carries the action out. */
export function stepIdOf(runId: string, actionId: string, ordinal: number): string {
  return sha256(`${runId}/${actionId}/${String(ordinal)}`).slice(0, 32);
}

/** The open step after one more record, all of whose facts are there. */
export function followStep(open: OpenStep | undefined, { type, data }: JournalRecord): OpenStep | undefined {
  switch (type) {
    case 'step.started':
      return openStep(data);
    case 'attempt.opened':
      return open === undefined ? undefined : openAttempt(open, data);
    case 'step.finished':
      return undefined;
    default:
      return open;
  }
}

/**
 * The facts of a record without those that {@link addRepeated} finds again; `undefined` when that would not give
 * back exactly these facts.
 */
export function leaveOutRepeated(open: OpenStep | undefined, record: JournalRecord): Facts | undefined {
  const { type, data } = record;
  if (!isFacts(data)) return undefined;
  // The result of the open step is the one that names no ordinal.
  const isOfOpenStep = type === 'step.finished' && open !== undefined && data['stepId'] === open.step.stepId;
  const repeated = isOfOpenStep ? open.step : findRepeated(open, { ...record, data });
  if (repeated === undefined) return undefined;
  for (const [name, value] of Object.entries(repeated)) if (!isSame(data[name], value)) return undefined;
  return Object.fromEntries(Object.entries(data).filter(([name]) => !Object.hasOwn(repeated, name)));
}

/** All facts of a record some of which were left out, as it was before. */
export function addRepeated(open: OpenStep | undefined, record: JournalRecord): unknown {
  const { data } = record;
  return isFacts(data) ? { ...findRepeated(open, { ...record, data }), ...data } : data;
}

/** What follows from the records before and from facts that are never left out; the same for the whole record. */
function findRepeated(
  open: OpenStep | undefined,
  { runId, type, data }: JournalRecord<string, Facts>,
): Facts | undefined {
  switch (type) {
    case 'step.started':
      return { ...deriveId(runId, data), ...nameIntent(data) };
    case 'attempt.opened':
      return open && nameAttempt(open, data);
    case 'attempt.closed':
      return open?.attempt && { stepId: open.step.stepId, ...open.attempt };
    case 'step.finished':
      return Object.hasOwn(data, 'ordinal') ? deriveId(runId, data) : open?.step;
    default:
      return undefined;
  }
}

function nameIntent({ intent = null }: Facts): Facts {
  return intent === null ? { intent } : {};
}

function deriveId(runId: string, { actionId, ordinal }: Facts): Facts {
  if (typeof actionId !== 'string' || typeof ordinal !== 'number') return {};
  return { stepId: stepIdOf(runId, actionId, ordinal) };
}

function nameAttempt({ step: { stepId } }: OpenStep, { number }: Facts): Facts {
  return typeof number === 'number' ? { stepId, attemptId: attemptIdOf(stepId, number) } : {};
}

function openStep(data: unknown): OpenStep | undefined {
  const started = parse(stepRecordSchemas['step.started'], data);
  if (started === undefined) return undefined;
  const { actionId, stepId, ordinal, name, key } = started;
  return { step: { actionId, stepId, ordinal, name, key } };
}

function openAttempt({ step }: OpenStep, data: unknown): OpenStep {
  const opened = parse(stepRecordSchemas['attempt.opened'], data);
  if (opened?.stepId !== step.stepId) return { step };
  const { attemptId, model, role } = opened;
  return { step, attempt: { attemptId, model, role } };
}

function parse<Value>(schema: z.ZodType<Value>, data: unknown): Value | undefined {
  return schema.safeParse(data).data;
}

function isFacts(data: unknown): data is Facts {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** Same for whoever reads it back: the keys of a step have an order, too. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
