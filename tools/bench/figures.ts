/** The middle one of some figures; of an even number of them the lower middle one. */
export function median(figures: readonly number[]): number {
  const middle = figures.toSorted((a, b) => a - b)[Math.floor((figures.length - 1) / 2)];
  if (middle === undefined) throw new RangeError('there is no median of nothing');
  return middle;
}

/** `2.1 (1.9-2.4)`: the median of the ratios of batches, and how far they lie apart. */
export function renderRatios(ratios: readonly number[]): string {
  const sorted = ratios.toSorted((a, b) => a - b);
  const [least = Number.NaN, most = Number.NaN] = [sorted.at(0), sorted.at(-1)];
  return `${median(ratios).toFixed(2)} (${least.toFixed(2)}-${most.toFixed(2)})`;
}

/** Milliseconds, with as many digits as matter. */
export function renderMs(milliseconds: number): string {
  return milliseconds >= 100 ? `${milliseconds.toFixed(0)} ms` : `${milliseconds.toFixed(2)} ms`;
}

/** Bytes as megabytes. */
export function renderMegabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(0)} MB`;
}

/** How long some work takes, in milliseconds. */
export async function timeOf(work: () => unknown): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

/** What is measured turn by turn, so that whatever else the machine does meets both alike. */
export interface Duel {
  readonly first: () => unknown;
  readonly second: () => unknown;
  readonly batches: number;
  /** How often each does its work in one batch. */
  readonly perBatch: number;
}

/** What came of a {@link Duel}: all times in milliseconds. */
export interface DuelFigures {
  readonly firstMs: number;
  readonly secondMs: number;
  /** The median of the first, divided by that of the second, batch by batch. */
  readonly ratios: readonly number[];
}

/** Does two things in turn, and compares their medians batch by batch. */
export async function compare({ first, second, batches, perBatch }: Duel): Promise<DuelFigures> {
  const all = { first: [] as number[], second: [] as number[] };
  const ratios: number[] = [];
  for (let batch = 0; batch < batches; batch += 1) {
    const own = { first: [] as number[], second: [] as number[] };
    for (let turn = 0; turn < perBatch; turn += 1) {
      own.first.push(await timeOf(first));
      own.second.push(await timeOf(second));
    }
    ratios.push(median(own.first) / median(own.second));
    all.first.push(...own.first);
    all.second.push(...own.second);
  }
  return { firstMs: median(all.first), secondMs: median(all.second), ratios };
}
