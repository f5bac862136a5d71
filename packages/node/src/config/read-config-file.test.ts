import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { readConfigFile } from './read-config-file.ts';

describe('readConfigFile', { timeout: 30_000 }, () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jarvis-config-'));
    return () => rm(folder, { recursive: true, force: true });
  });

  async function readAs(name: string, content: string | Buffer): Promise<unknown> {
    const path = join(folder, name);
    await writeFile(path, content);
    return readConfigFile(path);
  }

  /** The problems of a file, without its name. */
  async function problemsOf(name: string, content: string | Buffer): Promise<string> {
    const error: unknown = await readAs(name, content).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'JARVIS_CONFIG_INVALID' });
    const path = join(folder, name);
    expect(String(error)).toContain(path);
    return (error as Error).message.replaceAll(`${path}: `, '');
  }

  it.each(['c.json', 'C.JSON'])('reads JSON from %s', async (name) => {
    await expect(readAs(name, '{ "mode": "PHASE3" }')).resolves.toEqual({ mode: 'PHASE3' });
  });

  it.each(['c.yaml', 'c.yml'])('reads YAML from %s', async (name) => {
    const written = '# ours\ncosts:\n  capUsd: 1.5\nloop: { maxRounds: 2 }\nnothing:\nlist: [1, "2", true]\n';

    await expect(readAs(name, written)).resolves.toEqual({
      costs: { capUsd: 1.5 },
      loop: { maxRounds: 2 },
      nothing: null,
      list: [1, '2', true],
    });
  });

  it.each([
    ['c.json', '\uFEFF{ "mode": "PHASE3" }'],
    ['c.yaml', '\uFEFFmode: PHASE3'],
  ])('B03: accepts the byte order mark of UTF-8 in %s', async (name, content) => {
    await expect(readAs(name, content)).resolves.toEqual({ mode: 'PHASE3' });
  });

  it.each([
    [
      'c.json',
      '{\n  "mode": "PHASE3"\n  "costs": {}\n}',
      'line 3, column 3: it is not valid JSON (comma expected).',
    ],
    ['c.json', '{ "mode": PHASE3 }', 'line 1, column 11: it is not valid JSON (invalid symbol).'],
    ['c.json', '{ "mode": "PHASE3", }', 'line 1, column 21: it is not valid JSON (property name expected).'],
    ['c.json', '{ // cheap\n}', 'line 1, column 3: it is not valid JSON (invalid comment token).'],
    ['c.json', '{} {}', 'line 1, column 4: it is not valid JSON (end of file expected).'],
    [
      'c.yaml',
      'costs:\n\t- 1',
      'line 2, column 1: it is not valid YAML (Tabs are not allowed as indentation).',
    ],
    [
      'c.yaml',
      'mode: !!js/function x',
      'line 1, column 7: it is not valid YAML (Unresolved tag: tag:yaml.org,2002:js/function).',
    ],
    ['c.yaml', 'mode: a\n---\nmode: b', 'it is not valid YAML (Source contains multiple documents'],
    ['c.yaml', '? { a: 1 }\n: 2', 'With stringKeys, all keys must be strings'],
  ])('B01: names the place of a mistake in %s: %j', async (name, content, problem) => {
    await expect(problemsOf(name, content)).resolves.toContain(problem);
  });

  it('refuses numbers that are no JSON', async () => {
    await expect(problemsOf('c.json', '{ "costs": { "capUsd": 01.5 } }')).resolves.toContain(
      'not valid JSON',
    );
  });

  it.each([
    ['c.json', ''],
    ['c.json', ' \n\t'],
    ['c.json', 'null'],
    ['c.yaml', ''],
    ['c.yaml', '# only a comment\n'],
  ])('B02: calls %s with %j empty', async (name, content) => {
    await expect(problemsOf(name, content)).resolves.toBe('it is empty. Remove it, or write {} into it.');
  });

  it.each([
    ['little-endian', Buffer.from('\uFEFF{}', 'utf16le')],
    ['big-endian', Buffer.from('\uFEFF{}', 'utf16le').swap16()],
  ])('B04: recognises %s UTF-16', async (_, content) => {
    await expect(problemsOf('c.json', content)).resolves.toBe('it is written in UTF-16. Save it as UTF-8.');
  });

  it('B04: refuses other encodings', async () => {
    const latin1 = Buffer.from('{ "mode": "é" }', 'latin1');

    await expect(problemsOf('c.json', latin1)).resolves.toBe('it is not written in UTF-8. Save it as UTF-8.');
  });

  it.each([
    ['c.json', '[]', 'a list'],
    ['c.yaml', '- a', 'a list'],
    ['c.json', '"PHASE3"', 'a string'],
    ['c.yaml', '42', 'a number'],
    ['c.json', 'true', 'a boolean'],
  ])('B05: refuses %s whose top level is %s', async (name, content, kind) => {
    await expect(problemsOf(name, content)).resolves.toBe(`its top level is ${kind}, not an object.`);
  });

  it.each([
    ['c.json', '{\n "mode": "a",\n "mode": "b"\n}', 'line 3, column 2: the key "mode" is written twice.'],
    [
      'c.json',
      '{ "costs": { "capUsd": 1, "capUsd": 9 } }',
      'line 1, column 27: the key "capUsd" is written twice.',
    ],
    ['c.json', '{ "a": 1, "\\u0061": 2 }', 'line 1, column 11: the key "a" is written twice.'],
    ['c.yaml', 'mode: a\nmode: b\n', 'line 2, column 1: the key "mode" is written twice.'],
    [
      'c.yaml',
      'costs: { capUsd: 1, "capUsd": 9 }\n',
      'line 1, column 21: the key "capUsd" is written twice.',
    ],
  ])('B19: refuses a key that is written twice in %s: %j', async (name, content, problem) => {
    await expect(problemsOf(name, content)).resolves.toBe(problem);
  });

  it('B19: does not take the same key at two places for one that is written twice', async () => {
    await expect(readAs('c.json', '{ "a": { "x": 1 }, "b": { "x": 2 } }')).resolves.toEqual({
      a: { x: 1 },
      b: { x: 2 },
    });
  });

  it.each([
    ['c.json', '{ "__proto__": { "mode": "PHASE3" } }'],
    ['c.yaml', '__proto__: { mode: PHASE3 }'],
  ])('B20: keeps the key __proto__ of %s a key like any other', async (name, content) => {
    const value = Object(await readAs(name, content)) as Record<string, unknown>;

    expect(Object.hasOwn(value, '__proto__')).toBe(true);
    expect(value['mode']).toBeUndefined();
  });

  it.each([
    ['c.json', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['c.json', `{"a":${'['.repeat(64)}${']'.repeat(64)}}`],
    ['c.yaml', `a:\n${'- '.repeat(64)}x`],
    ['c.yaml', `a: ${'['.repeat(64)}${']'.repeat(64)}`],
  ])('B21: refuses %s that is nested too deep', async (name, content) => {
    await expect(problemsOf(name, content)).resolves.toBe('it is nested deeper than 64 levels.');
  });

  it.each([
    ['c.json', `{"a":${'['.repeat(63)}${']'.repeat(63)}}`],
    ['c.json', `{"a":"${'[{'.repeat(1_000)} \\" ["}`],
    ['c.yaml', `a: ${'['.repeat(63)}${']'.repeat(63)}`],
  ])('reads %s with 64 levels and brackets in text', async (name, content) => {
    await expect(readAs(name, content)).resolves.toHaveProperty('a');
  });

  it.each(['- ', '[', '? ', '"'])('B21: refuses a YAML file made of %j within seconds', async (part) => {
    await expect(problemsOf('c.yaml', part.repeat(20_000))).resolves.toContain('it is not valid YAML');
  });

  it('B21: reads a large YAML file in linear time', async () => {
    const written = Array.from({ length: 20_000 }, (_, index) => `key${String(index)}: 1`).join('\n');

    await expect(readAs('c.yaml', written)).resolves.toHaveProperty('key19999');
  });

  it('B21: refuses a file over 1 MB', async () => {
    await expect(problemsOf('c.json', ' '.repeat(1_048_577))).resolves.toBe(
      'it is larger than 1 MB (1048577 bytes).',
    );
  });

  it('refuses an alias, which may stand for far more than is written', async () => {
    await expect(problemsOf('c.yaml', 'a: &x [1]\nb: *x')).resolves.toBe(
      'line 2, column 4: write the value out instead of referring to an anchor.',
    );
  });

  it('refuses a name that does not tell the format', async () => {
    await expect(problemsOf('config.toml', 'mode = "a"')).resolves.toBe(
      'its name must end in .json, .yaml or .yml.',
    );
  });

  it('says that there is no such file', async () => {
    const path = join(folder, 'missing.json');

    await expect(readConfigFile(path)).rejects.toThrow(`${path}: there is no such file.`);
  });

  it('says that it is a folder', async () => {
    const path = join(folder, 'c.json');
    await mkdir(path);

    await expect(readConfigFile(path)).rejects.toThrow(`${path}: it is a folder, not a file.`);
  });

  it('does not wait for a pipe', async () => {
    const path = join(folder, 'c.json');
    execFileSync('mkfifo', [path]);

    await expect(readConfigFile(path)).rejects.toThrow('it is not a regular file.');
  });

  it('names the reason why a file cannot be read', async () => {
    await writeFile(join(folder, 'file'), '');

    await expect(readConfigFile(join(folder, 'file', 'c.json'))).rejects.toThrow(
      'it cannot be read (ENOTDIR).',
    );
  });
});
