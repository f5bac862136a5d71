import { describe, expect, it } from 'vitest';

import { findMachineNames } from './machine-names-check.ts';

const NAMES = ['/builds/checkout/', 'packages.host.example'];

function find(text: string, path = 'docs/guide.md'): readonly string[] {
  return findMachineNames({ path, text }, NAMES);
}

describe('findMachineNames', () => {
  it('accepts paths inside the repository and paths every system has', () => {
    expect(find('see packages/core/src\n/tmp/x /usr/bin/env\nhttps://site.example/home/news/a')).toEqual([]);
  });

  it('finds the path of the checkout, with its line', () => {
    expect(find('one\ncd /builds/checkout/docs')).toEqual([
      'docs/guide.md:2 names a machine: cd /builds/checkout/docs',
    ]);
  });

  it('finds the host of the registry', () => {
    expect(find('registry=https://packages.host.example/npm')).toHaveLength(1);
  });

  it('finds the home folder of somebody', () => {
    expect(find('open /home/anna/notes.txt')).toHaveLength(1);
  });

  it('lets tests invent home folders, but not name this machine', () => {
    const test = 'packages/node/src/config/find-config.test.ts';

    expect(find('/home/anna/notes.txt', test)).toEqual([]);
    expect(find('/builds/checkout/docs', test)).toHaveLength(1);
  });
});
