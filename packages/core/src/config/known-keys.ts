import { z } from 'zod';

import { nearestWord } from '../errors/nearest-word.ts';
import { configSchema } from './config-schema.ts';

/** What to write instead of a key nobody knows, as a sentence. */
export function suggestKey(section: readonly PropertyKey[], name: string): string {
  const known = keysAt(section);
  // Deeper than a section, a key of another place is no help.
  const nearest = nearestWord(name, known) ?? (section.length > 1 ? undefined : keyElsewhere(name));
  return nearest === undefined ? `Known keys: ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
}

function keysAt(section: readonly PropertyKey[]): readonly string[] {
  const found = section.reduce<unknown>((outer, key) => innerOf(outer, key), configSchema);
  const schema = found instanceof z.ZodReadonly ? found.unwrap() : found;
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function innerOf(schema: unknown, key: PropertyKey): unknown {
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodReadonly) return innerOf(schema.unwrap(), key);
  if (schema instanceof z.ZodArray) return schema.element;
  if (!(schema instanceof z.ZodObject)) return undefined;
  const inner: unknown = schema.shape[String(key)];
  return inner instanceof z.ZodOptional || inner instanceof z.ZodExactOptional ? inner.unwrap() : inner;
}

/** A key that is right but stands in another section: `maxRounds` at the top is `loop.maxRounds`. */
function keyElsewhere(name: string): string | undefined {
  const sections = keysAt([]);
  const dotted = sections.flatMap((section) =>
    keysAt([section]).map((key) => ({ key, full: `${section}.${key}` })),
  );
  const nearest = nearestWord(
    name,
    dotted.map(({ key }) => key),
  );
  return dotted.find(({ key }) => key === nearest)?.full;
}
