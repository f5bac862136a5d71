/** How many lines a change adds and removes. */
export interface LineCount {
  readonly added: number;
  readonly removed: number;
}

/** Beyond so many edits two texts have little in common, and finding the shortest way would take long. */
const MAX_EDITS = 2_000;

/**
 * Counts the lines that a change of a text adds and removes, as the shortest list of edits does. Texts that differ in more
 * than 2,000 lines are compared without regard to order, which counts a moved line as kept.
 */
export function countLines(before: string | null, after: string | null): LineCount {
  const [old, fresh] = withoutCommonEnds(linesOf(before), linesOf(after));
  const edits = countEdits(old, fresh);
  if (edits === undefined) return countRegardlessOfOrder(old, fresh);
  const added = (edits + fresh.length - old.length) / 2;
  return { added, removed: edits - added };
}

function linesOf(text: string | null): readonly string[] {
  if (text === null || text === '') return [];
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function withoutCommonEnds(
  old: readonly string[],
  fresh: readonly string[],
): readonly [readonly string[], readonly string[]] {
  const shorter = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < shorter && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  return [old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)];
}

/** The length of the shortest edit script, after Myers (1986), or `undefined` when it is too long. */
function countEdits(old: readonly string[], fresh: readonly string[]): number | undefined {
  const furthest = new Map<number, number>([[1, 0]]);
  const most = Math.min(old.length + fresh.length, MAX_EDITS);
  for (let edits = 0; edits <= most; edits += 1) {
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const below = furthest.get(diagonal + 1) ?? -1;
      const beside = (furthest.get(diagonal - 1) ?? -1) + 1;
      const reached = slide(old, fresh, {
        diagonal,
        from: diagonal === -edits || (diagonal !== edits && beside <= below) ? below : beside,
      });
      if (reached >= old.length && reached - diagonal >= fresh.length) return edits;
      furthest.set(diagonal, reached);
    }
  }
  return undefined;
}

/** Follows equal lines along a diagonal, and gives the position in the old text where they end. */
function slide(
  old: readonly string[],
  fresh: readonly string[],
  { diagonal, from }: { readonly diagonal: number; readonly from: number },
): number {
  let position = from;
  while (
    position < old.length &&
    position - diagonal < fresh.length &&
    old[position] === fresh[position - diagonal]
  ) {
    position += 1;
  }
  return position;
}

function countRegardlessOfOrder(old: readonly string[], fresh: readonly string[]): LineCount {
  const counts = new Map<string, number>();
  for (const line of old) counts.set(line, (counts.get(line) ?? 0) + 1);
  let kept = 0;
  for (const line of fresh) {
    const left = counts.get(line) ?? 0;
    if (left === 0) continue;
    counts.set(line, left - 1);
    kept += 1;
  }
  return { added: fresh.length - kept, removed: old.length - kept };
}
