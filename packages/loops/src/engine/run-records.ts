import { messageSchema } from '@jarvis/bus';
import {
  configSchema,
  currentVersion,
  gateRecordSchemas,
  type JournalRecord,
  modeNames,
  runStatusSchema,
  screeningFindingSchema,
  stepRecordSchemas,
  upcastRecord,
  type Upcasts,
} from '@jarvis/core';
import { roadmapChangeSchema } from '@jarvis/roadmap';
import { stageEventSchema } from '@jarvis/stages';
import { z } from 'zod';

import { relevantContextSchema } from './relevant-context.ts';
import { teamChoiceSchema } from './team-choice.ts';
import { InvalidRecordError, UnknownRecordError } from '../errors.ts';
import { actionResultSchema, actionSchema } from './action.ts';
import { amendmentSchema } from './amendment.ts';
import { stopReasonSchema } from './stop-reason.ts';
import { uncommittedSchema } from './uncommitted.ts';

/** A run has been accepted; everything it will ever depend on is pinned here, before anything is paid. */
export const acceptedSchema = z.object({
  task: z.string(),
  mode: z.enum(modeNames),
  dialect: z.string(),
  /** The release that accepted it. */
  release: z.string(),
  /** The real path of the project folder. */
  workspace: z.string(),
  isSimulated: z.boolean(),
  /** Something else has carried it out: what was in the folder before it nobody knows. */
  isImported: z.literal(true).exactOptional(),
  /** The run whose task it does once more, and the record up to which that run's amendments count. */
  forkOf: z.object({ runId: z.string(), seq: z.int().positive() }).exactOptional(),
  /** The series of runs it belongs to, when that is not simply the one of its folder. */
  session: z.string().exactOptional(),
  /** The configuration as it applies, defaults included. */
  config: configSchema,
  /** Whether each round is committed; if not, why not. */
  commits: z.discriminatedUnion('type', [
    z.object({ type: z.literal('on'), branch: z.string() }),
    z.object({ type: z.literal('init') }),
    z.object({ type: z.literal('off'), reason: z.string() }),
  ]),
  /** What no commit held then. */
  uncommitted: uncommittedSchema.exactOptional(),
  /** The prompts the agents are asked with, named by id, version and hash. */
  prompts: z
    .array(
      z.object({
        name: z.string(),
        /** It is the user's and not a built-in one. */
        isOwn: z.boolean().exactOptional(),
        /** The words of the task it was chosen for. */
        evidence: z.array(z.string()).exactOptional(),
      }),
    )
    .exactOptional(),
  /** In the mode that looks at its context: the team that was chosen for the task, and why. */
  team: teamChoiceSchema.exactOptional(),
  /** What the agents are told of earlier runs. */
  earlier: relevantContextSchema.exactOptional(),
  /** What is suspicious about the task, and whether a person is to be asked before anything is paid. */
  screening: z
    .object({ policy: z.enum(['warn', 'ask']), findings: z.array(screeningFindingSchema) })
    .exactOptional(),
  /** The hashes of the pinned texts, stored as blobs. */
  pins: z.object({ prompts: z.string(), prices: z.string() }),
});

export type Accepted = Readonly<z.infer<typeof acceptedSchema>>;

const stopSchema = z.object({
  status: runStatusSchema,
  reason: stopReasonSchema,
  /** One sentence for people. */
  message: z.string(),
  errorCode: z.string().exactOptional(),
  /** The flag that raises the cap the run has met. */
  capFlag: z.string().exactOptional(),
  /** Before this moment, in milliseconds since 1970 UTC, there is no use in going on. */
  retryAtMs: z.number().exactOptional(),
});

/** How a run came to stand still. */
export type Stop = Readonly<z.infer<typeof stopSchema>>;

/** Every type of record a run consists of, with the shape of its data. */
const runRecordSchemas = {
  ...stepRecordSchemas,
  ...gateRecordSchemas,
  'run.accepted': acceptedSchema,
  'run.resumed': z.object({
    release: z.string(),
    /** A person said to go on in spite of a crash loop or of calls in doubt. */
    isForced: z.boolean().exactOptional(),
  }),
  'run.amended': amendmentSchema,
  /** A person wants the run to end where it stands. */
  'run.cancelled': z.object({ reason: z.string().exactOptional() }),
  /** A person wants a run that was over to go on from where it stood. */
  'run.reopened': z.object({}),
  /** A person wants later runs to be told nothing of this one. */
  'run.forgotten': z.object({}),
  /** Something was posted to the run that nobody understands. */
  'inbox.refused': z.object({ id: z.string(), problem: z.string() }),
  'action.opened': z.object({ actionId: z.string(), action: actionSchema }),
  'action.closed': z.object({ actionId: z.string(), result: actionResultSchema }),
  /** The plan of the stages is another one from here on. */
  'roadmap.changed': z.object({
    change: roadmapChangeSchema,
    /** The stage that made it necessary. */
    source: z.string().exactOptional(),
    /** A person wants it, and no agent. */
    isByPerson: z.boolean().exactOptional(),
  }),
  /** A change of the roadmap that somebody wants does not fit it, and is passed over. */
  'roadmap.refused': z.object({
    id: z.string(),
    author: z.string(),
    problem: z.string(),
    isByPerson: z.boolean().exactOptional(),
  }),
  /** Something has happened inside a stage that follows from no action. */
  'stage.changed': z.object({ stageId: z.string(), event: stageEventSchema }),
  'message.sent': messageSchema,
  /** The run stands still and can be resumed. */
  'run.paused': stopSchema,
  /** The run is over. */
  'run.ended': stopSchema,
} as const;

type RecordData = {
  readonly [Type in keyof typeof runRecordSchemas]: z.infer<(typeof runRecordSchemas)[Type]>;
};

/** The types of records there are: `run.accepted`, `action.opened` … */
export type RunRecordType = keyof RecordData;

/**
 * How records of earlier releases are lifted. Version 2 of these may say more than version 1 did; the version
 * keeps a release that would not follow it from going on as if it were not there.
 */
export const runRecordUpcasts: Upcasts = {
  'run.amended': { 1: (data) => data },
  'run.resumed': { 1: (data) => data },
  'gate.opened': { 1: (data) => data },
};

/** A record of a run with its data typed by its type. */
export type RunRecord = {
  readonly [Type in RunRecordType]: JournalRecord<Type, RecordData[Type]>;
}[RunRecordType];

/** A record about to be written. */
export type RunRecordDraft = {
  readonly [Type in RunRecordType]: { readonly type: Type; readonly data: RecordData[Type] };
}[RunRecordType];

/**
 * Reads a journal record as one this release knows.
 *
 * @throws {@link UnknownRecordError} when the record is of a later release.
 * @throws {@link InvalidRecordError} when its data does not have the shape of its type.
 */
export function parseRunRecord(record: JournalRecord): RunRecord {
  const { type } = record;
  if (!isKnownType(type) || record.version > currentVersion(type, runRecordUpcasts)) {
    throw new UnknownRecordError(record);
  }
  const today = upcastRecord(record, runRecordUpcasts);
  const parsed = runRecordSchemas[type].safeParse(today.data);
  if (!parsed.success) throw new InvalidRecordError({ ...record, problem: z.prettifyError(parsed.error) });
  return { ...today, type, data: parsed.data } as RunRecord;
}

function isKnownType(type: string): type is RunRecordType {
  return Object.hasOwn(runRecordSchemas, type);
}
