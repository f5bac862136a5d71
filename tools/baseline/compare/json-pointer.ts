/** The parts of a JSON pointer: `/calls/0/user` is `calls`, `0`, `user`. */
export function parsePointer(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A JSON pointer from its parts. */
export function toPointer(parts: readonly string[]): string {
  return parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The values a pointer leads to; `*` stands for every element of a list and every value of an object. */
export function selectValues(document: unknown, pointer: string): readonly unknown[] {
  return parsePointer(pointer).reduce<readonly unknown[]>(
    (values, part) => values.flatMap((value) => step(value, part)),
    [document],
  );
}

function step(value: unknown, part: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (part === '*') return Object.values(value);
  const found = Object.entries(value).find(([key]) => key === part);
  return found === undefined ? [] : [found[1]];
}
