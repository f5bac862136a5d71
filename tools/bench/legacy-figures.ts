import { z } from 'zod';

import type { ScenarioFile } from '../baseline/scenario/scenario-file.ts';

const ourSchema = z.object({
  verdict: z.enum(['equal', 'intended', 'difference']),
  /** Numbers of the defects by which it is not as recorded. */
  defects: z.array(z.int()).readonly(),
  /** From reading the dialect to the result, start-up of the process left out. */
  wallMs: z.number(),
  /** Processor time of the whole process, start-up and the model server in it included. */
  cpuMs: z.number(),
  rssBytes: z.number(),
  requests: z.int(),
  calls: z.int(),
  usd: z.number(),
  /** How many questions were asked of agents. */
  spawned: z.int(),
  /** From opening an action to its first question, all together. */
  spawnsMs: z.number(),
  turnsMs: z.number(),
  transitionsMs: z.array(z.number()).readonly(),
});

/** What a scenario took when it was played. */
export type OurFigures = Readonly<z.infer<typeof ourSchema>>;

/** Reads what a process has printed that played a scenario. */
export function parseOurFigures(text: string): OurFigures {
  return ourSchema.parse(JSON.parse(text));
}

// What was not recorded stays away; nothing is put in its place.
const perfSchema = z
  .looseObject({
    wallSeconds: z.number().optional(),
    cpuSeconds: z.number().optional(),
    maxRssKb: z.number().optional(),
  })
  .catch({});

/** What was recorded of the predecessor in a scenario. */
export interface RecordedFigures {
  readonly wallMs: number | undefined;
  /** Processor time of the whole process. */
  readonly cpuMs: number | undefined;
  readonly rssBytes: number | undefined;
  readonly requests: number;
  readonly calls: number;
  readonly usd: number | undefined;
}

/** Reads what the trace of a scenario says about the predecessor. */
export function readRecordedFigures({ trace }: ScenarioFile): RecordedFigures {
  const { wallSeconds, cpuSeconds, maxRssKb } = perfSchema.parse(trace['perf']);
  return {
    wallMs: times(wallSeconds, 1_000),
    cpuMs: times(cpuSeconds, 1_000),
    rssBytes: times(maxRssKb, 1_024),
    requests: trace.httpRequests,
    calls: trace.calls.length,
    usd: trace.cost.summary?.total_usd,
  };
}

function times(figure: number | undefined, factor: number): number | undefined {
  return figure === undefined ? undefined : figure * factor;
}

/** A scenario, as it was recorded and as it was played. */
export interface LegacyPair {
  readonly id: string;
  readonly module: string;
  readonly recorded: RecordedFigures;
  /** Left out when it broke or took too long; `problem` says why. */
  readonly ours?: OurFigures;
  readonly problem?: string;
}

/** A scenario that was played to its end. */
export type PlayedPair = Required<Omit<LegacyPair, 'problem'>>;

/** Keeps those that were played to their end. */
export function playedOf(pairs: readonly LegacyPair[]): readonly PlayedPair[] {
  return pairs.flatMap(({ ours, ...pair }) => (ours === undefined ? [] : [{ ...pair, ours }]));
}

/** The sum of figures; `undefined` when there are none or one of them was not recorded. */
export function sumOf(figures: readonly (number | undefined)[]): number | undefined {
  const known = figures.filter((figure) => figure !== undefined);
  if (known.length === 0 || known.length < figures.length) return undefined;
  return known.reduce((sum, figure) => sum + figure, 0);
}
