import { type LegacyPair, type PlayedPair, playedOf, sumOf } from './legacy-figures.ts';
import { median } from './figures.ts';
import type { RecordedWorkload } from './legacy-workloads.ts';

/** A figure of some scenarios, as recorded and as played. */
export interface LegacyMetric {
  readonly metric: string;
  readonly unit: 'ms' | 'MB' | 'count' | 'usd';
  /** `null`: it was not recorded. */
  readonly recorded: number | null;
  /** `null`: nothing of the kind happens in these scenarios. */
  readonly ours: number | null;
  /** Ours divided by what was recorded; `null` when there is no such ratio. */
  readonly ratio: number | null;
}

/** The figures of one old module, or of all of them, and of those among their scenarios that are equal. */
export interface LegacyGroup {
  readonly name: string;
  readonly scenarios: number;
  readonly metrics: readonly LegacyMetric[];
}

/** How far scenarios with the same repaired defects are from what was recorded. */
export interface DefectDelta {
  readonly defects: readonly number[];
  readonly scenarios: readonly string[];
  readonly requests: number;
  readonly usd: number | null;
}

/** What a process of Node.js takes before it does anything. */
export interface IdleFigures {
  readonly cpuMs: number;
  readonly rssBytes: number;
}

export interface LegacyReport {
  readonly version: 1;
  /** How the packages were run. From source, reading TypeScript is part of every figure of a process. */
  readonly packages: 'built' | 'source';
  readonly idle: IdleFigures;
  readonly groups: readonly LegacyGroup[];
  /** The scenarios in which every compared field is as recorded. */
  readonly equal: LegacyGroup;
  /** Which of them made more requests than recorded. */
  readonly equalWithMoreRequests: readonly string[];
  readonly equalWithOtherCost: readonly string[];
  readonly deltas: readonly DefectDelta[];
  readonly unplayed: readonly { readonly id: string; readonly problem: string }[];
  /** Differing scenarios nothing explains. */
  readonly unexplained: readonly string[];
  readonly workloads: readonly RecordedWorkload[];
  readonly pairs: readonly LegacyPair[];
}

const MEGABYTE = 1_048_576;

/** Sums up scenarios by old module, in total and by defect. */
export function toLegacyReport(
  pairs: readonly LegacyPair[],
  workloads: readonly RecordedWorkload[],
): Omit<LegacyReport, 'packages' | 'idle'> {
  const played = playedOf(pairs);
  const modules = [...new Set(played.map(({ module }) => module))];
  const equal = played.filter(({ ours }) => ours.verdict === 'equal');
  return {
    version: 1,
    groups: [
      ...modules.map((name) =>
        toGroup(
          name,
          played.filter(({ module }) => module === name),
        ),
      ),
      toGroup('in total', played),
    ],
    equal: toGroup('equal', equal),
    equalWithMoreRequests: idsOf(equal, ({ ours, recorded }) => ours.requests > recorded.requests),
    equalWithOtherCost: idsOf(
      equal,
      ({ ours, recorded }) => recorded.usd !== undefined && toMicro(ours.usd) !== toMicro(recorded.usd),
    ),
    deltas: toDeltas(played.filter(({ ours }) => ours.verdict === 'intended')),
    unplayed: pairs.flatMap(({ id, problem }) => (problem === undefined ? [] : [{ id, problem }])),
    unexplained: idsOf(played, ({ ours }) => ours.verdict === 'difference'),
    workloads,
    pairs,
  };
}

function toGroup(name: string, pairs: readonly PlayedPair[]): LegacyGroup {
  const [ours, recorded] = [pairs.map((pair) => pair.ours), pairs.map((pair) => pair.recorded)];
  const [spawned, spawnsMs] = [sumOf(ours.map((own) => own.spawned)), sumOf(ours.map((own) => own.spawnsMs))];
  const transitionsMs = ours.flatMap((own) => own.transitionsMs);
  const metrics = [
    toMetric('time', 'ms', sumOf(recorded.map(({ wallMs }) => wallMs)), sumOf(ours.map((o) => o.wallMs))),
    toMetric('processor time', 'ms', sumOf(recorded.map((r) => r.cpuMs)), sumOf(ours.map((o) => o.cpuMs))),
    toMetric(
      'memory, median',
      'MB',
      middleOf(recorded.map(({ rssBytes }) => rssBytes)),
      middleOf(ours.map(({ rssBytes }) => rssBytes)),
    ),
    toMetric('calls', 'count', sumOf(recorded.map(({ calls }) => calls)), sumOf(ours.map((o) => o.calls))),
    toMetric('requests', 'count', sumOf(recorded.map((r) => r.requests)), sumOf(ours.map((o) => o.requests))),
    toMetric('cost', 'usd', sumOf(recorded.map(({ usd }) => usd)), sumOf(ours.map(({ usd }) => usd))),
    toMetric(
      'agent spawn, mean',
      'ms',
      undefined,
      spawned === undefined || spawned === 0 || spawnsMs === undefined ? undefined : spawnsMs / spawned,
    ),
    toMetric(
      'stage transition, median',
      'ms',
      undefined,
      transitionsMs.length === 0 ? undefined : median(transitionsMs),
    ),
  ];
  return { name, scenarios: pairs.length, metrics };
}

function toMetric(
  metric: string,
  unit: LegacyMetric['unit'],
  ...[recorded, ours]: readonly [number | undefined, number | undefined]
): LegacyMetric {
  const hasRatio = recorded !== undefined && ours !== undefined && recorded > 0;
  return {
    metric,
    unit,
    recorded: recorded ?? null,
    ours: ours ?? null,
    ratio: hasRatio ? ours / recorded : null,
  };
}

function middleOf(bytes: readonly (number | undefined)[]): number | undefined {
  const known = bytes.filter((figure) => figure !== undefined);
  return known.length === 0 || known.length < bytes.length ? undefined : median(known) / MEGABYTE;
}

function toDeltas(pairs: readonly PlayedPair[]): readonly DefectDelta[] {
  const groups = Map.groupBy(pairs, ({ ours }) => ours.defects.join());
  return [...groups.values()]
    .map((own) => ({
      defects: own[0]?.ours.defects ?? [],
      scenarios: own.map(({ id }) => id),
      requests: own.reduce((sum, { ours, recorded }) => sum + ours.requests - recorded.requests, 0),
      usd:
        sumOf(
          own.map(({ ours, recorded }) => (recorded.usd === undefined ? undefined : ours.usd - recorded.usd)),
        ) ?? null,
    }))
    .sort((one, other) => (one.defects[0] ?? 0) - (other.defects[0] ?? 0));
}

function idsOf(pairs: readonly PlayedPair[], holds: (pair: PlayedPair) => boolean): readonly string[] {
  return pairs.filter(holds).map(({ id }) => id);
}

function toMicro(usd: number): number {
  return Math.round(usd * 1e6);
}
