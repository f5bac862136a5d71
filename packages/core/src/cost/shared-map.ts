/** How many parts a map is kept in; a change copies one of them and the list of parts. */
const PART_COUNT = 256;

/**
 * A map that is never changed: a change gives another map, which shares all but one part with it. So a ledger with
 * thousands of entries is as cheap to change as one with ten.
 */
export interface SharedMap<Value> {
  readonly size: number;
  readonly parts: readonly ReadonlyMap<string, Value>[];
}

/** A map without entries. */
export function createSharedMap<Value>(): SharedMap<Value> {
  return { size: 0, parts: new Array<ReadonlyMap<string, Value>>(PART_COUNT).fill(new Map()) };
}

/** The value of a key, or `undefined`. */
export function getFrom<Value>({ parts }: SharedMap<Value>, key: string): Value | undefined {
  return parts[partOf(key)]?.get(key);
}

/** The map with the key set to the value. */
export function withEntry<Value>(map: SharedMap<Value>, key: string, value: Value): SharedMap<Value> {
  const index = partOf(key);
  const part = map.parts[index];
  const isNew = part?.has(key) !== true;
  return { size: map.size + (isNew ? 1 : 0), parts: map.parts.with(index, new Map(part).set(key, value)) };
}

/** The map without the key. */
export function withoutEntry<Value>(map: SharedMap<Value>, key: string): SharedMap<Value> {
  const index = partOf(key);
  const part = new Map(map.parts[index]);
  if (!part.delete(key)) return map;
  return { size: map.size - 1, parts: map.parts.with(index, part) };
}

/** All values, in no order. */
export function valuesOf<Value>({ parts }: SharedMap<Value>): readonly Value[] {
  return parts.flatMap((part) => [...part.values()]);
}

/** FNV-1a, as keys that differ in one digit have to come into different parts. */
function partOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % PART_COUNT;
}
