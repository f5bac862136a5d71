/** An object as it came from outside: nothing is known of its values. */
export type Entries = Readonly<Record<string, unknown>>;

/** Tells whether a value is an object with keys, and not a list. */
export function isObject(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
