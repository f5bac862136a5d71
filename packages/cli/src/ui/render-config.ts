import type { Config } from '@jarvis/core';

/** Each value with its origin, one line each. */
export function renderConfig(config: Config, origins: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(origins).map((key) => key.length));
  const lines = Object.entries(origins).map(([key, origin]) => {
    const value = JSON.stringify(valueAt(config, key)) ?? 'not set';
    return `${key.padEnd(width)}  ${value}  (${origin})`;
  });
  return `${lines.join('\n')}\n`;
}

function valueAt(config: Config, key: string): unknown {
  return key.split('.').reduce<unknown>((inner, part) => Object(inner)[part], config);
}
