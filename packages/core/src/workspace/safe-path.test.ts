import { posix, win32 } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { describeRefusal, foldPath, refusePath } from './safe-path.ts';

const TAG_TEXT = '\u{e0068}\u{e0069}';

describe('refusePath', () => {
  it.each([
    'index.html',
    'src/pages/über uns.html',
    'a b/[id]/page+1@2x.tsx',
    'routes/$id.ts',
    '.editorconfig',
    '.github/ISSUE_TEMPLATE.md',
    '.env.example',
    'deploy/.env.production.sample',
    'emoji/🙂/👩‍💻/👩🏽‍💻/❤️.md',
    'docs/日本語/ملف/พื้น.md',
    'con-fig/auxiliary/nullable.ts',
    'a.git/b',
    'git/x',
    'monkey.keys',
    'package.json',
    'Makefile',
    'keys/id_ed25519.pub',
    'docs/id_card.md',
    'src/secrets.ts',
    'credentials.example.json',
    'docs/gemini.html',
    '.github/dependabot.yml',
    'docker/config.json',
    'config/gh/hosts.yml',
    'lefthook/README.md',
    'src/lefthook-parser.ts',
    'vimrc.md',
    `${'a'.repeat(255)}/b`,
  ])('accepts %s', (path) => {
    expect(refusePath(path)).toBeUndefined();
  });

  it.each([
    { path: '', refusal: 'empty' },
    { path: '/etc/passwd', refusal: 'absolute' },
    { path: '//server/share', refusal: 'absolute' },
    { path: 'C:/x', refusal: 'absolute' },
    { path: 'c:x', refusal: 'absolute' },
    { path: 'a\\b', refusal: 'backslash' },
    { path: '\\\\server\\share', refusal: 'backslash' },
    { path: '..', refusal: 'component' },
    { path: 'a/../b', refusal: 'component' },
    { path: '../x', refusal: 'component' },
    { path: 'a/./b', refusal: 'component' },
    { path: './a', refusal: 'component' },
    { path: 'a//b', refusal: 'component' },
    { path: 'a/', refusal: 'component' },
    { path: 'a\0b', refusal: 'character' },
    { path: 'a\nb', refusal: 'character' },
    { path: 'a\u001bb', refusal: 'character' },
    { path: 'a\u0085b', refusal: 'character' },
    { path: 'a\u202eb', refusal: 'character' },
    { path: 'a\u200bb', refusal: 'character' },
    { path: 'a\u200db', refusal: 'character' },
    { path: '.g\u200cit/x', refusal: 'character' },
    { path: 'a\ufeff', refusal: 'character' },
    { path: 'a\u00adb', refusal: 'character' },
    { path: 'a\u2028b', refusal: 'character' },
    { path: 'a\ud800b', refusal: 'character' },
    { path: 'a\ue000b', refusal: 'character' },
    { path: `a${TAG_TEXT}`, refusal: 'character' },
    { path: `🏴${TAG_TEXT}`, refusal: 'character' },
    { path: '🙂\u200d', refusal: 'character' },
    { path: 'u\u0308ber', refusal: 'normalisation' },
    { path: '-rf', refusal: 'dash' },
    { path: 'a/--exec=x', refusal: 'dash' },
    { path: 'a.', refusal: 'trailing' },
    { path: 'a ', refusal: 'trailing' },
    { path: '.git /x', refusal: 'trailing' },
    { path: '.../x', refusal: 'trailing' },
    { path: 'a'.repeat(256), refusal: 'length' },
    { path: 'é'.repeat(128), refusal: 'length' },
    { path: `${'a/'.repeat(2_048)}b`, refusal: 'length' },
    { path: 'a'.repeat(10_000_000), refusal: 'length' },
    { path: 'con', refusal: 'device' },
    { path: 'a/NUL.txt', refusal: 'device' },
    { path: 'com1', refusal: 'device' },
    { path: 'COM¹.log', refusal: 'device' },
    { path: 'ＣＯＮ', refusal: 'device' },
    { path: '.git', refusal: 'git' },
    { path: '.git/hooks/pre-commit', refusal: 'git' },
    { path: 'a/.GIT/config', refusal: 'git' },
    { path: 'git~1/config', refusal: 'git' },
    { path: 'GIT~2', refusal: 'git' },
    { path: '.git::$INDEX_ALLOCATION/x', refusal: 'git' },
    { path: '.git\ufe0f/config', refusal: 'git' },
    { path: '．git/config', refusal: 'git' },
    { path: '.git\u00a0/config', refusal: 'git' },
    { path: '.gitmodules', refusal: 'git' },
    { path: 'sub/.gitModules', refusal: 'git' },
    { path: 'gitmod~1', refusal: 'git' },
    { path: '.env', refusal: 'secret' },
    { path: 'a/.ENV.local', refusal: 'secret' },
    { path: '.env-production', refusal: 'secret' },
    { path: '.env_backup', refusal: 'secret' },
    { path: '.envrc', refusal: 'secret' },
    { path: '.env.example.local', refusal: 'secret' },
    { path: '.npmrc', refusal: 'secret' },
    { path: 'keys/id_ed25519', refusal: 'secret' },
    { path: 'keys/id_ed25519_sk', refusal: 'secret' },
    { path: 'server.PEM', refusal: 'secret' },
    { path: 'a/b.p12', refusal: 'secret' },
    { path: '.ssh/config', refusal: 'secret' },
    { path: 'home/.aws/credentials', refusal: 'secret' },
    ...[
      'credentials.json',
      'config/Credentials.json',
      '.docker/config.json',
      'home/.docker/config.json',
      '.kube/config',
      '.config/gh/hosts.yml',
      '.config/gcloud/application_default_credentials.json',
      'config/secrets.yml',
      'secrets.yaml',
      '.streamlit/secrets.toml',
      'client_secret_12.apps.json',
      '.netrc',
      '_netrc',
      '.pypirc',
      '.cargo/credentials.toml',
      'keys/id_rsa',
      'id_ecdsa_sk',
    ].map((path) => ({ path, refusal: 'secret' })),
    { path: 'jarvis.config.json', refusal: 'config' },
    { path: 'packages/a/JARVIS.config.mts', refusal: 'config' },
    { path: '.github/workflows/ci.yml', refusal: 'protected' },
    { path: '.GitHub/Workflows/ci.yml', refusal: 'protected' },
    { path: 'packages/a/.vscode/tasks.json', refusal: 'protected' },
    { path: '.husky/pre-commit', refusal: 'protected' },
    { path: '.gitlab-ci.yml', refusal: 'protected' },
    { path: '.gitattributes', refusal: 'protected' },
    { path: 'AGENTS.md', refusal: 'protected' },
    { path: '.yarnrc.yml', refusal: 'protected' },
    ...[
      '.mcp.json',
      'packages/a/.MCP.json',
      'GEMINI.md',
      '.github/copilot-instructions.md',
      '.github/instructions/all.instructions.md',
      '.windsurfrules',
      '.windsurf/rules/a.md',
      '.aider.conf.yml',
      '.zed/tasks.json',
      '.vimrc',
      '.exrc',
      'sub/.nvimrc',
      '.nvim.lua',
      'bunfig.toml',
      '.pre-commit-config.yml',
      '.pre-commit-hooks.yaml',
      'lefthook.yml',
      '.lefthook-local.yaml',
      'lefthook.toml',
      '.simple-git-hooks.cjs',
      'simple-git-hooks.json',
      '.huskyrc',
      '.yarn/releases/yarn.cjs',
      'package.yaml',
      'binding.gyp',
    ].map((path) => ({ path, refusal: 'protected' })),
  ])('B62: refuses $path as $refusal', ({ path, refusal }) => {
    expect(refusePath(path)).toBe(refusal);
  });

  it('B62: never accepts a path that leaves the project folder, on any system', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(
        '.',
        '..',
        '...',
        '/',
        '\\',
        '~',
        'C:',
        'a',
        'b.txt',
        ' ',
        '\0',
        '%2e%2e',
        '\uff0e\uff0e',
      ),
    );

    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.constantFrom('/', '', '\\'), (parts, separator) => {
        const path = parts.join(separator);
        fc.pre(refusePath(path) === undefined);

        expect(posix.resolve('/project/folder', path).startsWith('/project/folder/')).toBe(true);
        expect(win32.resolve('C:\\project\\folder', path).startsWith('C:\\project\\folder\\')).toBe(true);
        expect(posix.normalize(path)).toBe(path);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never accepts what a file system may take for the git directory', () => {
    const disguised = fc
      .array(fc.constantFrom('\u200b', '\ufe0f', '\u00ad', '\u034f', ''), { minLength: 5, maxLength: 5 })
      .chain((hidden) =>
        fc
          .tuple(...['.', 'g', 'i', 't'].map((letter) => fc.constantFrom(letter, letter.toUpperCase())))
          .map((letters) => letters.map((letter, index) => letter + (hidden[index] ?? '')).join('')),
      );

    fc.assert(
      fc.property(disguised, (name) => {
        expect(refusePath(`${name}/config`)).toBeDefined();
        expect(refusePath(`a/${name}`)).toBeDefined();
      }),
    );
  });

  it('accepts every path of ordinary words', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9_]{2,10}$/u);

    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('.ts', '.html', ''),
        (words, end) => {
          expect(refusePath(words.join('/') + end)).toBeUndefined();
        },
      ),
    );
  });
});

describe('describeRefusal', () => {
  it('tells a model what to do instead', () => {
    expect(describeRefusal('a\\b', 'backslash')).toBe(String.raw`The path "a\\b" has a backslash; use "/".`);
    expect(describeRefusal('.github/workflows/ci.yml', 'protected')).toBe(
      'The path ".github/workflows/ci.yml" is run or obeyed by a tool without anyone looking; a person has to write it.',
    );
  });

  it('shows a path that is long or dangerous to print cut and escaped', () => {
    expect(describeRefusal(`\u001b\u202e${'a'.repeat(5_000)}`, 'character')).toBe(
      String.raw`The path "\u001b\u{202e}` + `${'a'.repeat(78)}…" has a control or invisible character.`,
    );
  });
});

describe('foldPath', () => {
  it.each([
    ['README.md', 'readme.MD'],
    ['Straße', 'STRASSE'],
    ['ﬁle', 'file'],
    ['K', 'k'],
    ['❤\ufe0f', '❤'],
    ['１', '1'],
  ])('takes %s and %s for one file', (a, b) => {
    expect(foldPath(a)).toBe(foldPath(b));
  });

  it.each([
    ['a/b', 'a_b'],
    ['a', 'b'],
    ['file1', 'file2'],
  ])('tells %s and %s apart', (a, b) => {
    expect(foldPath(a)).not.toBe(foldPath(b));
  });
});
