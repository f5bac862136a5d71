import type { Config } from '@jarvis/core';

/** Each value with its origin, one line each. */
export function renderConfig(config: Config, origins: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(origins).map((key) => key.length));
  const lines = Object.entries(origins).map(([key, origin]) => {
    const value = valueAt(config, key);
    return `${key.padEnd(width)}  ${value === undefined ? 'not set' : JSON.stringify(value)}  (${origin})`;
  });
  return `${lines.join('\n')}\n`;
}

function valueAt(config: Config, key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>((inner, part) => (isObject(inner) ? Reflect.get(inner, part) : undefined), config);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
