import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { parseConfig } from '@jarvis/core';
import { fromLegacyConfig } from '@jarvis/legacy-compat';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';

import { planImports } from '../src/migrate/index.ts';
import { oldModules } from '../src/migrate/inspect/old-modules.ts';
import { pythonModules } from '../src/migrate/bridge/python-modules.ts';
import { type KeyFate, legacyKeys } from '../src/translate/legacy-keys.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const guide = readFileSync(join(root, 'docs/migration/from-legacy.md'), 'utf8');
const rollback = readFileSync(join(root, 'docs/migration/rollback.md'), 'utf8');
const commands = readFileSync(join(root, 'packages/cli/src/commands/migrate.ts'), 'utf8');

const FAULTS = Array.from({ length: 36 }, (_, index) => index + 1);

/** Those of JARVIS and of the predecessor; not names of error codes. */
const VARIABLE = /\b(?:OPENAI_[A-Z_]+|DEFAULT_[A-Z]+_MODEL|JARVIS_(?!LEGACY|BRIDGE_NO|RUN_)[A-Z_]+)\b/gu;

const scenarioSchema = z.looseObject({ config: z.record(z.string(), z.unknown()) });

describe('docs/migration/from-legacy.md', () => {
  it('says of every key the translation knows what becomes of it, and knows no others', () => {
    const rows = rowsUnder('The keys of `project_config.json`');

    const shown = rows.map(([key = '', fate = '']) => [key.replaceAll('`', ''), readFate(fate)]);

    const known = Object.entries(legacyKeys).map(([key, fate]) => [key, tellFate(fate)]);
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(known));
    expect(rows).toHaveLength(known.length);
  });

  it('has every key of the recorded runs', () => {
    const keys = rowsUnder('The keys of `project_config.json`').map(([key = '']) => key.replaceAll('`', ''));

    const recorded = new Set(listRecordedKeys());

    expect(recorded.size).toBeGreaterThan(10);
    expect([...recorded].filter((key) => !keys.includes(key))).toEqual([]);
  });

  it('shows a translation as it is', () => {
    const [old, translated] = [
      ...section('The keys of `project_config.json`').matchAll(/```json\n(.*?)```/gsu),
    ].map(([, text = '']): unknown => JSON.parse(text));

    const { config, questions } = fromLegacyConfig(old);

    expect(config).toEqual(translated);
    expect(questions).toEqual([]);
    expect(parseConfig(translated, 'the guide')).toEqual(translated);
  });

  it('shows how imports are rewritten as it is done', async () => {
    const rows = rowsUnder('The code that uses the old modules').map((row) =>
      row.map((cell) => /^`([^`]+)`$/u.exec(cell)?.[1]),
    );
    const pairs = rows.flatMap(([before, after]) =>
      before === undefined || after === undefined ? [] : ([[before, after]] as const),
    );

    const done = await Promise.all(pairs.map(async ([before]) => [before, await rewrite(before)]));

    expect(pairs.length).toBeGreaterThan(3);
    expect(done).toEqual(pairs);
  });

  it('leaves the imports as they are of which it says so', async () => {
    const left = rowsUnder('The code that uses the old modules').flatMap(([cell = '', after = '']) =>
      after.startsWith('left:') ? [/^`((?:from|import) [^`]+)`/u.exec(cell)?.[1] ?? []].flat() : [],
    );

    const done = await Promise.all(left.map((before) => rewrite(before)));

    expect(left.length).toBeGreaterThan(3);
    // Taken by itself, the package is no import of an old module.
    expect(done.map((after) => after.replace(/^(?:#|\/\/) jarvis-migrate: .*\n/u, ''))).toEqual(left);
  });

  it('has every name of each old module that Python and TypeScript can still call', () => {
    const rows = rowsUnder('The old names in TypeScript').map(
      ([path = '', names = '']) => [path, names] as const,
    );

    const missing = rows.flatMap(([path, names]) =>
      (pythonModules[path.replaceAll(/[`./]/gu, '')]?.names ?? [path]).filter(
        (name) => !names.includes(name),
      ),
    );

    expect(rows).toHaveLength(oldModules.length);
    expect(missing).toEqual([]);
  });

  it('names every variable that is read, and no others', () => {
    const sources = [
      'packages/node/src/config/read-environment.ts',
      'packages/legacy-compat/src/migrate/bridge/python-call.ts',
    ].map((file) => readFileSync(join(root, file), 'utf8'));

    const read = sources.flatMap((source) => [...source.matchAll(VARIABLE)].map(([name]) => name));
    const named = [...section('Variables of the environment').matchAll(VARIABLE)].map(([name]) => name);

    expect([...new Set(named)].sort()).toEqual([...new Set(read)].sort());
  });

  it('has every word a run may end with', () => {
    const source = readFileSync(join(root, 'packages/legacy-compat/src/translate/status-codes.ts'), 'utf8');

    const words = [...source.matchAll(/(?:=|return|\?) '([a-z]+(?:_[a-z]+)*)'/gu)].map(
      ([, word = '']) => word,
    );

    const text = section('Words a run ends with');
    expect(words.length).toBeGreaterThan(10);
    expect(words.filter((word) => !text.includes(`\`${word}\``))).toEqual([]);
  });

  it('tells of each of the old faults once, in their order', () => {
    const rows = rowsUnder('The old faults, one by one');

    expect(rows.map(([number]) => Number(number))).toEqual(FAULTS);
    expect(rows.filter((row) => row.length !== 3 || row.includes(''))).toEqual([]);
  });

  it('tells of every fault a recorded run may differ by', () => {
    const rules = z
      .looseObject({ rules: z.array(z.looseObject({ defect: z.number() })) })
      .parse(readJson('tools/baseline/intended-differences.json'));

    const numbers = rowsUnder('The old faults, one by one').map(([number]) => Number(number));

    expect(rules.rules.length).toBeGreaterThan(20);
    expect(rules.rules.filter(({ defect }) => !numbers.includes(defect))).toEqual([]);
  });
});

describe('the migration guides', () => {
  it.each([
    ['from-legacy.md', guide],
    ['rollback.md', rollback],
  ])('%s calls no migration there is not', (_, document) => {
    const called = [...document.matchAll(/jarvis migrate ([a-z]+)/gu)].map(([, name = '']) => name);

    const there = [...commands.matchAll(/\bmigrate([A-Z][a-z]+)\b/gu)].map(([, name = '']) =>
      name.toLowerCase(),
    );
    expect(called.length).toBeGreaterThan(5);
    expect(called.filter((name) => !there.includes(name))).toEqual([]);
  });
});

/** What becomes of one statement in a project with the old modules. */
async function rewrite(statement: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'guide-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  mkdirSync(join(folder, 'agent'));
  for (const module of oldModules) writeFileSync(join(folder, `agent/${module}.py`), '');
  const name = statement.includes("'") ? 'x.ts' : 'x.py';
  writeFileSync(join(folder, name), `${statement}\n`);
  const { files } = await planImports({ folder });
  return (files.find(({ path }) => path === name)?.after ?? `${statement}\n`).trimEnd();
}

function section(title: string): string {
  const [, text] = guide.split(`\n## ${title}\n`);
  if (text === undefined) expect.fail(`there is no section "${title}"`);
  return text.split('\n## ')[0] ?? '';
}

/** The cells of the rows of the first table under a heading, without its head. */
function rowsUnder(title: string): readonly (readonly string[])[] {
  const rows = [...section(title).matchAll(/^\| (.*) \|$/gmu)].map(([, row = '']) =>
    row.split(' | ').map((cell) => cell.trim()),
  );
  return rows.slice(2);
}

function readFate(cell: string): string {
  if (cell === 'dropped') return 'dropped';
  const name = /^`([^`]+)`/u.exec(cell)?.[1];
  return cell.endsWith(', asked about') ? `${String(name)}?` : String(name);
}

function tellFate(fate: KeyFate): string {
  switch (fate.type) {
    case 'dropped':
      return 'dropped';
    case 'kept':
      return fate.as;
    case 'asked':
      return `${fate.as}?`;
  }
}

function listRecordedKeys(): readonly string[] {
  return globSync('tools/baseline/scenarios/*.json', { cwd: root }).flatMap((file) => {
    const { config } = scenarioSchema.parse(
      z.looseObject({ scenario: z.unknown() }).parse(readJson(file)).scenario,
    );
    return Object.entries(config).flatMap(([key, value]) => {
      const inner = z.record(z.string(), z.unknown()).safeParse(value);
      return inner.success ? Object.keys(inner.data).map((name) => `${key}.${name}`) : [key];
    });
  });
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}
