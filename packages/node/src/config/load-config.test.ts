import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { type ConfigInput, defaultConfig, InvalidConfigError } from '@jarvis/core';
import { beforeEach, describe, expect, it } from 'vitest';

import { loadConfig } from './load-config.ts';
import { readEnvironment } from './read-environment.ts';

interface Written {
  readonly project?: object;
  readonly user?: object;
  readonly variables?: Readonly<Record<string, string>>;
  readonly flags?: ConfigInput;
}

describe('loadConfig', () => {
  let root: string;
  let workspace: string;
  let projectFile: string;
  let userFile: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'jarvis-config-'));
    workspace = join(root, 'bakery');
    projectFile = join(workspace, 'jarvis.config.json');
    userFile = join(root, '.config', 'jarvis', 'config.json');
    await mkdir(workspace);
    return () => rm(root, { recursive: true, force: true });
  });

  async function write(path: string, content: unknown): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  }

  function environment(variables: Readonly<Record<string, string>> = {}) {
    return readEnvironment({ HOME: root, ...variables });
  }

  async function load({ project, user, variables, flags = {} }: Written) {
    if (project !== undefined) await write(projectFile, project);
    if (user !== undefined) await write(userFile, user);
    return loadConfig({ workspace, environment: environment(variables), flags });
  }

  async function problemsOf(loading: Promise<unknown>): Promise<readonly string[]> {
    const error: unknown = await loading.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidConfigError);
    return (error as InvalidConfigError).message.split('\n').map((line) => line.replaceAll(root, '~'));
  }

  it('gives the defaults where nothing is written', async () => {
    const { config, origins } = await load({});

    expect(config).toEqual(defaultConfig);
    expect(new Set(Object.values(origins))).toEqual(new Set(['default']));
  });

  const cap = (capUsd: number | 'unlimited') => ({ costs: { capUsd } });

  interface CapCase extends Written {
    readonly title: string;
    readonly capUsd: number | 'unlimited';
    readonly origin: string;
  }

  const variables = { JARVIS_MAX_COST_USD: '3' };
  const project = cap(0.5);
  const user = cap(5);

  it.each<CapCase>([
    { title: 'the default', capUsd: 1, origin: 'default' },
    { title: "a project's lower cap", project, capUsd: 0.5, origin: 'project' },
    { title: "not a project's higher cap", project: cap(5), capUsd: 1, origin: 'default' },
    { title: "the user's cap over a project's lower one", project, user, capUsd: 5, origin: 'user' },
    { title: "the user's cap over the default", user: cap('unlimited'), capUsd: 'unlimited', origin: 'user' },
    { title: 'a variable over files', project, user, variables, capUsd: 3, origin: 'JARVIS_MAX_COST_USD' },
    { title: 'a flag over a project', project, flags: cap(2), capUsd: 2, origin: 'command line' },
    { title: 'a flag over all', project, user, variables, flags: cap(7), capUsd: 7, origin: 'command line' },
  ])('uses $title', async ({ capUsd, origin, ...written }) => {
    const { config, origins } = await load(written);

    const names: Record<string, string> = { project: projectFile, user: userFile };
    expect(config.costs.capUsd).toBe(capUsd);
    expect(origins['costs.capUsd']).toBe(names[origin] ?? origin);
  });

  it('puts together what several places say', async () => {
    const { config } = await load({
      project: { loop: { maxRounds: 2 }, models: { employee: 'small' } },
      user: { models: { manager: 'large' }, costs: { prices: { large: { input: 1, output: 2 } } } },
      variables: { OPENAI_BASE_URL: 'https://llm.example.com/v1' },
      flags: { mode: 'SIMPLE_2LOOP', git: { commit: 'off' } },
    });

    expect(config).toMatchObject({
      mode: 'SIMPLE_2LOOP',
      loop: { maxRounds: 2 },
      models: { manager: 'large', employee: 'small' },
      llm: { baseUrl: 'https://llm.example.com/v1' },
      git: { commit: 'off', init: false },
    });
  });

  it('understands the orchestrator spelling in a file', async () => {
    const { config } = await load({
      project: { orchestrator: { mode: 'PHASE3', config: { loop: { maxRounds: 2 } } } },
    });

    expect(config).toMatchObject({ mode: 'PHASE3', loop: { maxRounds: 2 } });
  });

  it.each(['jarvis.config.yaml', 'jarvis.config.yml'])('finds the project file %s', async (name) => {
    await write(join(workspace, name), 'loop:\n  maxRounds: 1\n');

    const { config } = await load({});

    expect(config.loop.maxRounds).toBe(1);
  });

  it.each(['config.yaml', 'config.yml'])('finds the user file %s in $XDG_CONFIG_HOME', async (name) => {
    await write(join(root, 'xdg', 'jarvis', name), 'loop:\n  maxRounds: 9\n');

    const { config } = await load({ variables: { XDG_CONFIG_HOME: join(root, 'xdg') } });

    expect(config.loop.maxRounds).toBe(9);
  });

  it('leaves a relative $XDG_CONFIG_HOME out of account, as its specification asks', async () => {
    const { config } = await load({
      user: { loop: { maxRounds: 9 } },
      variables: { XDG_CONFIG_HOME: 'xdg' },
    });

    expect(config.loop.maxRounds).toBe(9);
  });

  it("reads the file of --config in the place of the user's own", async () => {
    const explicitFile = join(root, 'cheap.yaml');
    await write(explicitFile, 'costs: { capUsd: 0.25 }');
    await write(userFile, { costs: { capUsd: 5 }, loop: { maxRounds: 9 } });

    const { config, origins } = await loadConfig({
      workspace,
      explicitFile,
      environment: environment(),
      flags: {},
    });

    expect(config.costs.capUsd).toBe(0.25);
    expect(config.loop.maxRounds).toBe(defaultConfig.loop.maxRounds);
    expect(origins['costs.capUsd']).toBe(explicitFile);
  });

  it("takes the project's file for the user's own when --config names it", async () => {
    await write(projectFile, { costs: { capUsd: 5 }, llm: { baseUrl: 'https://llm.example.com/v1' } });
    const explicitFile = join(root, 'link.json');
    await symlink(projectFile, explicitFile);

    const { config } = await loadConfig({ workspace, explicitFile, environment: environment(), flags: {} });

    expect(config.costs.capUsd).toBe(5);
    expect(config.llm.baseUrl).toBe('https://llm.example.com/v1');
  });

  it('refuses a file of --config that is not there', async () => {
    const loading = loadConfig({
      workspace,
      explicitFile: join(root, 'no.json'),
      environment: environment(),
      flags: {},
    });

    await expect(problemsOf(loading)).resolves.toEqual(['~/no.json: there is no such file.']);
  });

  it('refuses two files in one folder', async () => {
    await write(projectFile, {});
    await write(join(workspace, 'jarvis.config.yaml'), '{}');
    await write(userFile, {});
    await write(join(dirname(userFile), 'config.yml'), '{}');

    await expect(problemsOf(load({}))).resolves.toEqual([
      '~/bakery/jarvis.config.json: there is also ~/bakery/jarvis.config.yaml. Keep one of them.',
      '~/.config/jarvis/config.json: there is also ~/.config/jarvis/config.yml. Keep one of them.',
    ]);
  });

  it('does not leave configuration as code out in silence', async () => {
    await write(join(workspace, 'jarvis.config.ts'), 'export default {}');

    await expect(problemsOf(load({}))).resolves.toEqual([
      expect.stringContaining('~/bakery/jarvis.config.ts: configuration as code is not read.'),
    ]);
  });

  it('refuses a link that leads nowhere', async () => {
    await symlink(join(root, 'gone.json'), projectFile);

    await expect(problemsOf(load({}))).resolves.toEqual([
      '~/bakery/jarvis.config.json: there is no such file.',
    ]);
  });

  it('B16: refuses a base URL from a project file', async () => {
    const project = { llm: { baseUrl: 'https://collector.example.com/v1' }, costs: { capUsd: 'unlimited' } };

    await expect(problemsOf(load({ project }))).resolves.toEqual([
      expect.stringContaining('~/bakery/jarvis.config.json: costs.capUsd: '),
      expect.stringContaining('~/bakery/jarvis.config.json: llm.baseUrl: '),
    ]);
  });

  it('B15: refuses a base URL that would show the key, wherever it is written', async () => {
    const user = { llm: { baseUrl: 'http://llm.example.com/v1' } };
    const variables = { OPENAI_BASE_URL: 'https://ada:secret@llm.example.com/v1' };

    const problems = await problemsOf(load({ user, variables }));

    expect(problems).toEqual([
      expect.stringContaining('~/.config/jarvis/config.json: llm.baseUrl: '),
      expect.stringContaining('OPENAI_BASE_URL: llm.baseUrl: '),
    ]);
    expect(problems.join()).not.toContain('secret');
  });

  it('reports what is wrong in all places at once', async () => {
    const variables = { JARVIS_MAX_COST_USD: 'lots', OPENAI_API_KEY: 'sk-secret\n' };
    await write(userFile, '{ "mode": ');
    const flags = Object.assign({}, { loop: { maxRounds: 0 } });

    const problems = await problemsOf(load({ project: { cots: {}, git: { init: true } }, variables, flags }));

    expect(problems).toEqual([
      expect.stringContaining('~/bakery/jarvis.config.json: cots: unknown key. Did you mean "costs"?'),
      expect.stringContaining('~/.config/jarvis/config.json: line 1'),
      expect.stringContaining('OPENAI_API_KEY: '),
      expect.stringContaining('JARVIS_MAX_COST_USD: '),
      expect.stringContaining('command line: loop.maxRounds: '),
    ]);
    expect(problems.join()).not.toContain('secret');
  });
});
