import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const example = readFileSync(new URL('readme-example.ts', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/```ts\n(.*?)```/gsu)].map(([, code]) => code);

it('shows one example, of fifteen lines at most', () => {
  expect(blocks).toEqual([example]);
  expect(example.trimEnd().split('\n').length).toBeLessThanOrEqual(15);
});

it('shows an example that runs', async () => {
  await expect(import('./readme-example.ts')).resolves.toBeDefined();
});
