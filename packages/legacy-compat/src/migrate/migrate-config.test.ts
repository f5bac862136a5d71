import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { migrateConfigFile } from './migrate-config.ts';

let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'legacy-'));
  file = join(folder, 'project_config.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('migrateConfigFile', () => {
  it('translates a file, with or without a byte order mark, and leaves it as it is', async () => {
    const text = '\uFEFF{"task": "Make a page", "max_cost_usd": 2}';
    writeFileSync(file, text);

    const { config, task } = await migrateConfigFile(file);

    expect({ task, capUsd: config.costs?.capUsd }).toEqual({ task: 'Make a page', capUsd: 2 });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('gives the same when it is done twice', async () => {
    writeFileSync(file, '{"max_rounds": 5}');

    const [first, second] = [await migrateConfigFile(file), await migrateConfigFile(file)];

    expect(second).toEqual(first);
  });

  it.each([
    ['is cut', '{"task": ', /project_config\.json: it is no valid JSON/u],
    ['is not JSON', '{\n  "task": "secret" "a"\n}', /it is no valid JSON \(line 2, column 20\)\. /u],
    ['is a word', 'secret', /it is no valid JSON\. /u],
    [
      'says a key twice',
      '{\n  "task": "secret",\n  "safety": { "a": "\\"b\\": 1", "\\u0062" : 1,\n    "b":2 }\n}',
      /a key is written twice \(line 4, column 5\)\. /u,
    ],
    ['is not there', undefined, /project_config\.json: it does not exist\. .*jarvis migrate config \.\./u],
    ['is empty', '\uFEFF \n', /it is empty/u],
    ['is a list', '[1]', /it holds a list, not an object/u],
    ['is nothing', 'null', /it holds null, not an object/u],
    ['is a number', '3', /it holds a number, not an object/u],
    ['is not UTF-8', Buffer.from('{"task": "caf\xe9"}', 'latin1'), /save it as UTF-8/u],
  ])('says so when the file %s', async (_, text, message) => {
    if (text !== undefined) writeFileSync(file, text);

    const reading = migrateConfigFile(file);

    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_CONFIG',
      message: expect.not.stringContaining('secret') as unknown,
    });
  });

  it('reads the same from YAML, as the consolidation plan writes it', async () => {
    const yaml = join(folder, 'project_config.yml');
    writeFileSync(
      yaml,
      '# ours\norchestrator:\n  type: phase3\n  loops: 3\ncap: &cap 2\nmax_cost_usd: *cap\n',
    );

    const { config, questions } = await migrateConfigFile(yaml);

    expect(questions).toEqual([]);
    expect(config).toMatchObject({ mode: 'PHASE3', costs: { capUsd: 2 } });
  });

  it.each([
    ['yes', { commit: 'required', init: true }],
    ['ON', { commit: 'required', init: true }],
    ['no', { commit: 'off' }],
    ['true', { commit: 'required', init: true }],
  ])('reads use_git: %s in YAML as Python does', async (word, git) => {
    const yaml = join(folder, 'project_config.yml');
    writeFileSync(yaml, `interactive_cost_mode: off\nuse_git: ${word}\ntask: yes\n`);

    const { config, task } = await migrateConfigFile(yaml);

    expect({ git: config.git, task }).toEqual({ git, task: 'yes' });
  });

  it('leaves a word in quotes a text', async () => {
    const yaml = join(folder, 'project_config.yml');
    writeFileSync(yaml, 'use_git: "yes"\n');

    await expect(migrateConfigFile(yaml)).rejects.toThrow('use_git: expected boolean');
  });

  it.each([
    ['is no YAML', 'task: "secret\n', /project_config\.yaml: it is no valid YAML \(line 1, column 14\)\. /u],
    ['has a tag', 'task: !secret 1\n', /it is no valid YAML \(line 1, column 7\)/u],
    [
      'says a key twice',
      'task: secret\na:\n  b: 1\n  b: 2\n',
      /a key is written twice \(line 4, column 3\)/u,
    ],
    ['refers to nothing', 'task: *secret\n', /it refers to anchors that are not there, or too often/u],
    ['is nested without end', '['.repeat(200_000), /it is no valid YAML/u],
    ['is a list', '- secret\n', /it holds a list, not an object/u],
  ])('says so when a YAML file %s', async (_, text, message) => {
    const yaml = join(folder, 'project_config.yaml');
    writeFileSync(yaml, text);

    const reading = migrateConfigFile(yaml);

    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toMatchObject({
      code: 'JARVIS_LEGACY_CONFIG',
      message: expect.not.stringContaining('secret') as unknown,
    });
  });

  it('names the file and the key of everything that is wrong, each in a line', async () => {
    writeFileSync(file, '{"max_cost_usd": true, "use_git": "yes", "safety": {"run_safety_before_final": 3}}');

    const reading = migrateConfigFile(file);

    await expect(reading).rejects.toMatchObject({
      problems: [
        `${file}: max_cost_usd: expected a number`,
        `${file}: use_git: expected boolean, received string`,
        `${file}: safety.run_safety_before_final: expected boolean, received number`,
      ],
    });
    await expect(reading).rejects.toThrow(`:\n${file}: max_cost_usd: expected a number\n`);
  });

  it('names the file of a section that is none of this release', async () => {
    writeFileSync(file, '{"orchestrator": {"mode": "PHASE3", "config": {"costs": {"capUsd": "x"}}}}');

    const reading = migrateConfigFile(file);

    await expect(reading).rejects.toThrow(`${file}: orchestrator.config: costs.capUsd: `);
    await expect(reading).rejects.toMatchObject({ code: 'JARVIS_CONFIG_INVALID' });
  });

  it('takes the models of the environment and the module that is named, and says so', async () => {
    writeFileSync(file, '{"max_cost_usd": 1}');
    const variables = { DEFAULT_MANAGER_MODEL: 'gpt-4o', DEFAULT_SUPERVISOR_MODEL: 'gpt-4o' };

    const asked = await migrateConfigFile(file, { variables });
    const named = await migrateConfigFile(file, { variables, module: 'orchestrator_phase3' });

    expect(asked.questions[0]).toContain('Name it with --module');
    expect(asked.config).toMatchObject({ mode: 'SIMPLE_2LOOP', models: { manager: 'gpt-4o' } });
    expect(asked.notes).toContain(
      'DEFAULT_SUPERVISOR_MODEL: "gpt-4o" in the environment; left out, because orchestrator_2loop had no supervisor.',
    );
    expect(named).toMatchObject({
      questions: [],
      config: { mode: 'PHASE3', models: { supervisor: 'gpt-4o' } },
    });
    expect(named.notes).toEqual([
      'DEFAULT_MANAGER_MODEL: "gpt-4o" in the environment; it is now written out as models.manager.',
      'DEFAULT_SUPERVISOR_MODEL: "gpt-4o" in the environment; it is now written out as models.supervisor.',
    ]);
  });

  it('says when the file itself names another model than the environment', async () => {
    writeFileSync(
      file,
      '{"orchestrator": {"mode": "PHASE3", "config": {"models": {"manager": "gpt-4o-mini"}}}}',
    );

    const { config, notes } = await migrateConfigFile(file, {
      variables: { DEFAULT_MANAGER_MODEL: 'gpt-4o' },
    });

    expect(config.models?.manager).toBe('gpt-4o-mini');
    expect(notes).toContain(
      'DEFAULT_MANAGER_MODEL: "gpt-4o" in the environment; left out, because orchestrator.config says models.manager.',
    );
  });

  it('reads no folder, no pipe and nothing huge', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    writeFileSync(file, '');
    truncateSync(file, 300 * 1024 ** 2);

    await expect(migrateConfigFile(folder)).rejects.toThrow(/it is a folder; name the file in it/u);
    await expect(migrateConfigFile(pipe)).rejects.toThrow(/it is no regular file/u);
    await expect(migrateConfigFile(file)).rejects.toThrow(/it is larger than 1 MB \(314572800 bytes\)/u);
  });
});
