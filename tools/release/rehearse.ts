import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { listFiles } from '../workspace/listed-files.ts';
import { readManifest } from '../workspace/manifest.ts';
import { workspaceRoot } from '../workspace/root.ts';
import { startLocalRegistry } from './local-registry.ts';
import { raiseVersions } from './raise-versions.ts';
import { runIn } from './run-in.ts';

const AUTHOR = [
  '-c',
  'user.name=Rehearsal',
  '-c',
  'user.email=rehearsal@localhost',
  '-c',
  'commit.gpgsign=false',
];
const TASK = 'Build a landing page for a bakery called Rye & Shine';

process.exitCode = await rehearse();

/** Publishes all packages to a registry on this machine and installs them from it. Nothing of it is left. */
async function rehearse(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'jarvis-release-'));
  try {
    const version = await rehearseIn(folder);
    console.log(`\nThe rehearsal succeeded: version ${version} can be published, installed and used.`);
    return 0;
  } catch (error) {
    console.log(`\nThe rehearsal FAILED: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function rehearseIn(folder: string): Promise<string> {
  const upstream = await findConfiguredRegistry();
  const registry = await startLocalRegistry({ folder: join(folder, 'registry'), upstream });
  tell('registry', `verdaccio ${registry.version} listens on ${registry.url}`);
  try {
    const version = await publishCopy(join(folder, 'copy'), registry.url);
    await useAsUser(join(folder, 'user'), registry.url, version);
    return version;
  } finally {
    await registry.stop();
    tell('registry', 'has ended');
  }
}

/** npm may say more than it was asked for. */
async function findConfiguredRegistry(): Promise<string> {
  const output = await runIn(workspaceRoot, ['npm', 'config', 'get', 'registry']);
  const [url] = /^https?:\/\/\S+$/mu.exec(output) ?? [];
  if (url === undefined) throw new Error(`npm names no registry: ${output}`);
  return url;
}

async function publishCopy(copy: string, registry: string): Promise<string> {
  const count = await copyRepository(copy);
  await runIn(copy, ['npm', 'ci', '--no-audit', '--no-fund']);
  tell('copy', `${String(count)} files, dependencies installed`);

  const before = versionOf(copy);
  const version = await raiseVersions(copy);
  tell('versions', version === before ? `${version}, there is no changeset` : `${before} becomes ${version}`);

  await runIn(copy, ['nx', 'run-many', '-t', 'build']);
  tell('build', 'all packages are built');

  // No registry but this one is asked, and this one asks for no real token.
  const env = { npm_config_registry: registry };
  await writeFile(join(copy, '.npmrc'), `//${new URL(registry).host}/:_authToken=rehearsal\n`, { flag: 'a' });
  await runIn(copy, ['changeset', 'publish'], { env });
  tell('publish', `${String(await countPublished(registry, version))} packages at ${version}`);

  const again = await runIn(copy, ['changeset', 'publish'], { env });
  if (!/no unpublished/iu.test(again)) throw new Error(`a second publish found something to do:\n${again}`);
  tell('publish', 'a second time there is nothing to do');
  return version;
}

async function copyRepository(copy: string): Promise<number> {
  const files = await listFiles();
  for (const file of files) await cp(join(workspaceRoot, file), join(copy, file));
  await runIn(copy, ['git', 'init', '--quiet']);
  await runIn(copy, ['git', 'add', '--all']);
  await runIn(copy, ['git', ...AUTHOR, 'commit', '--quiet', '--message', 'A copy to publish from']);
  return files.length;
}

/** Asks the registry for every package of the repository; it knows ours only from being told. */
async function countPublished(registry: string, version: string): Promise<number> {
  const manifests = await listFiles('packages/*/package.json');
  for (const { name } of manifests.map((file) => readManifest(join(workspaceRoot, file)))) {
    const answer = await fetch(`${registry}/${name.replace('/', '%2f')}/${version}`);
    if (!answer.ok) throw new Error(`${name} ${version} was not published: ${String(answer.status)}`);
  }
  return manifests.length;
}

async function useAsUser(folder: string, registry: string, version: string): Promise<void> {
  await mkdir(join(folder, 'project'), { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true }));
  const install = ['npm', 'install', '--no-audit', '--no-fund'] as const;
  await runIn(folder, [...install, '@jarvis/loops', '@jarvis/cli'], {
    env: { npm_config_registry: registry },
  });
  tell('install', '@jarvis/loops and @jarvis/cli in an empty project');

  const env = { JARVIS_HOME: join(folder, 'state'), XDG_CONFIG_HOME: join(folder, 'config') };
  const told = (await runIn(folder, ['jarvis', '--version'], { env })).trim();
  if (told !== version) throw new Error(`jarvis --version says ${told} instead of ${version}`);
  const imported = await runIn(folder, ['node', '--print', `require('@jarvis/loops').availableModes.join()`]);
  tell('use', `jarvis tells version ${told}, @jarvis/loops runs ${imported.trim()}`);

  await runIn(folder, ['jarvis', 'run', '--simulate', '--workspace', 'project', TASK], { env });
  const page = await readFile(join(folder, 'project/index.html'), 'utf8');
  if (!page.includes('Rye &amp; Shine')) throw new Error('the page does not name the bakery');
  tell('use', 'a simulated task is done, and its page names the bakery');
}

function versionOf(copy: string): string {
  return String(readManifest(join(copy, 'packages/loops/package.json'))['version']);
}

function tell(step: string, result: string): void {
  console.log(`${step.padEnd(9)} ${result}`);
}
