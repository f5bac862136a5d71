/** How many parts a map is kept in; a change copies one of them and the list of parts. */
const PART_COUNT = 256;

/**
 * A map that is never changed: a change gives another map, which shares all but one part with it. So a ledger with
 * thousands of entries is as cheap to change as one with ten.
 */
export class SharedMap<Value> {
  readonly size: number;
  /** Seen from outside so that two maps can be compared. */
  readonly parts: readonly ReadonlyMap<string, Value>[];

  private constructor(size: number, parts: readonly ReadonlyMap<string, Value>[]) {
    this.size = size;
    this.parts = parts;
  }

  /** A map without entries. */
  static empty<Value>(): SharedMap<Value> {
    return new SharedMap(0, new Array<ReadonlyMap<string, Value>>(PART_COUNT).fill(new Map()));
  }

  /** The value of a key, or `undefined`. */
  get(key: string): Value | undefined {
    return this.parts[partOf(key)]?.get(key);
  }

  /** The map with the key set to the value. */
  with(key: string, value: Value): SharedMap<Value> {
    const index = partOf(key);
    const part = this.parts[index];
    const isNew = part?.has(key) !== true;
    return new SharedMap(this.size + (isNew ? 1 : 0), this.parts.with(index, new Map(part).set(key, value)));
  }

  /** The map without the key. */
  without(key: string): SharedMap<Value> {
    const index = partOf(key);
    const part = new Map(this.parts[index]);
    return part.delete(key) ? new SharedMap(this.size - 1, this.parts.with(index, part)) : this;
  }

  /** All values, in no order. */
  values(): readonly Value[] {
    return this.parts.flatMap((part) => [...part.values()]);
  }
}

/** FNV-1a, as keys that differ in one digit have to come into different parts. */
function partOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % PART_COUNT;
}
