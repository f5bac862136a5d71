import { MAX_DEPTH, tooDeep } from './find-json.ts';

/** What a value from outside is made of, or why it is refused. */
export type Inspection =
  | { readonly type: 'fine'; readonly members: number }
  | { readonly type: 'unreadable'; readonly problem: string };

/** Names that mean something to JavaScript: careless code that copies them changes what all objects are. */
const FORBIDDEN_NAMES = ['__proto__', 'constructor'];

/** Looks through a parsed value, level by level, for what must not come in: depth, dangerous names, endless numbers. */
export function inspectValue(value: unknown): Inspection {
  let members = 0;
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    const containers = level.filter(isContainer);
    if (containers.length > 0 && depth >= MAX_DEPTH) return tooDeep;
    if (level.some((item) => typeof item === 'number' && !Number.isFinite(item))) {
      return unreadable('The JSON has a number that is too large.');
    }
    const names = containers.flatMap((item) => (Array.isArray(item) ? [] : Object.keys(item)));
    const forbidden = FORBIDDEN_NAMES.find((name) => names.includes(name));
    if (forbidden !== undefined) return unreadable(`The name "${forbidden}" is not allowed in the JSON.`);
    members += names.length;
    level = containers.flatMap((item): readonly unknown[] => Object.values(item));
  }
  return { type: 'fine', members };
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function unreadable(problem: string): Inspection {
  return { type: 'unreadable', problem };
}
