import { showValue } from '../errors/show-value.ts';
import { foldPath } from './safe-path.ts';
import type { FileWrite } from './write-plan.ts';

/** What npm, Yarn, pnpm or Bun run while they install, without being asked for the script by name. */
const RUN_ON_INSTALL: readonly string[] = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
  'predependencies',
  'dependencies',
  'postdependencies',
  'pnpm:devPreinstall',
];

const MANIFEST = /(?:^|\/)package\.json$/u;

/** Tells whether a file is one whose install scripts {@link findInstallScriptProblems} looks at. */
export function hasInstallScripts(path: string): boolean {
  return MANIFEST.test(foldPath(path));
}

/**
 * What is wrong with a `package.json` that adds or changes a script which runs on install, as sentences for the
 * model; empty for every other file, and where such scripts are taken away or stay as they were.
 *
 * @param before the content on disk, `undefined` when there is no such file
 */
export function findInstallScriptProblems(
  { path, content }: FileWrite,
  before: string | undefined,
): readonly string[] {
  if (!hasInstallScripts(path)) return [];
  const scripts = readScripts(content);
  if (scripts === undefined) {
    return [
      `The file ${showValue(path)} cannot be read as JSON, so nobody can tell whether it adds a script that runs on install.`,
    ];
  }
  const known = before === undefined ? undefined : readScripts(before);
  return RUN_ON_INSTALL.filter((name) => scripts.has(name) && scripts.get(name) !== known?.get(name)).map(
    (name) =>
      `The file ${showValue(path)} adds or changes the script "${name}", which runs on install; a person has to write it.`,
  );
}

/** The scripts of a manifest, each as JSON; `undefined` when it is none that a package manager has to read alike. */
function readScripts(content: string): ReadonlyMap<string, string> | undefined {
  try {
    const manifest: unknown = JSON.parse(content.replace(/^\uFEFF/u, ''));
    return new Map(
      entriesOf(entriesOf(manifest).get('scripts'))
        .entries()
        .map(([name, script]) => [name, JSON.stringify(script)]),
    );
  } catch {
    // Some package managers read comments and trailing commas, so it may well be obeyed: the caller refuses it.
    return undefined;
  }
}

function entriesOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}
