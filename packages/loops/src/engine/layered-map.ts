/** How many entries a change copies at most, but for the one in so many that makes them part of the rest. */
const MOST_RECENT = 64;

/**
 * A map that is never changed: a change gives another map, which shares all but the newest entries with it. So what a
 * run knows of thousands of stages is as cheap to change as what it knows of ten. Entries come in the order they were
 * first set.
 */
export class LayeredMap<Value> implements ReadonlyMap<string, Value> {
  readonly size: number;
  readonly #base: ReadonlyMap<string, Value>;
  readonly #recent: ReadonlyMap<string, Value>;

  private constructor(base: ReadonlyMap<string, Value>, recent: ReadonlyMap<string, Value>, size: number) {
    this.#base = base;
    this.#recent = recent;
    this.size = size;
  }

  /** A map without entries. */
  static empty<Value>(): LayeredMap<Value> {
    return new LayeredMap<Value>(new Map(), new Map(), 0);
  }

  /** The map with the key set to the value. */
  with(key: string, value: Value): LayeredMap<Value> {
    const recent = new Map(this.#recent).set(key, value);
    const size = this.size + (this.has(key) ? 0 : 1);
    const changed = new LayeredMap<Value>(this.#base, recent, size);
    return recent.size < MOST_RECENT ? changed : new LayeredMap<Value>(changed.#merge(), new Map(), size);
  }

  get(key: string): Value | undefined {
    return this.#recent.has(key) ? this.#recent.get(key) : this.#base.get(key);
  }

  has(key: string): boolean {
    return this.#recent.has(key) || this.#base.has(key);
  }

  entries(): MapIterator<[string, Value]> {
    return this.#merge().entries();
  }

  keys(): MapIterator<string> {
    return this.#merge().keys();
  }

  values(): MapIterator<Value> {
    return this.#merge().values();
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  forEach(visit: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [key, value] of this) visit(value, key, this);
  }

  #merge(): ReadonlyMap<string, Value> {
    const merged = new Map(this.#base);
    for (const [key, value] of this.#recent) merged.set(key, value);
    return merged;
  }
}
