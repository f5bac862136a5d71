import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';

import { readManifest } from '../workspace/manifest.ts';
import { workspaceRoot } from '../workspace/root.ts';
import { builtinAdvice, type ImportPolicy, importTable } from './import-table.ts';
import { judgeFolder } from './judge-folder.ts';
import type { SourcePlace } from './source-place.ts';

const BUILTINS = new Set(builtinModules);

/** How a module is asked for. */
export interface ImportRequest {
  readonly name: string;
  readonly kind: 'static' | 'type' | 'dynamic';
}

/**
 * Judges one import by the table of directions.
 *
 * @returns the sentence to show, or `undefined` when the import is fine.
 */
export function judgeImport(request: ImportRequest, place: SourcePlace): string | undefined {
  const policy = importTable[place.project];
  if (policy === undefined) {
    return undefined;
  }
  if (request.name.startsWith('.')) {
    return judgeRelative(request.name, place) ?? judgeFolder(request.name, place, policy);
  }
  if (request.name.startsWith('node:') || BUILTINS.has(request.name)) {
    return judgeBuiltin(request.name, place, policy);
  }
  if (request.name.startsWith('@jarvis/')) {
    return judgePackage(request, place, policy);
  }
  return judgeLibrary(packageNameOf(request.name), place, policy);
}

function judgeRelative(name: string, { project, file, kind }: SourcePlace): string | undefined {
  const target = posix.join(posix.dirname(file), name);
  const leaves = target.startsWith('../') && project.startsWith('packages/') && kind !== 'config';
  return leaves
    ? `"${name}" leaves ${project}: import another package by its name, never by a path into its files.`
    : undefined;
}

function judgeBuiltin(name: string, place: SourcePlace, policy: ImportPolicy): string | undefined {
  if (!name.startsWith('node:')) {
    return `Write "node:${name}": modules of Node carry their prefix.`;
  }
  if (place.kind !== 'source' || mayTouchWorld(place, policy) || policy.builtins.includes(name)) {
    return undefined;
  }
  const advice = builtinAdvice[name] ?? 'declare a port in core and put the adapter in @jarvis/node';
  return `${place.project}/${posix.dirname(place.file)} may not import ${name}: ${advice}.`;
}

function mayTouchWorld({ file }: SourcePlace, { builtins, worldFolders = [] }: ImportPolicy): boolean {
  return builtins === 'all' || worldFolders.some((folder) => file.startsWith(`${folder}/`));
}

function judgePackage(request: ImportRequest, place: SourcePlace, policy: ImportPolicy): string | undefined {
  const name = packageNameOf(request.name);
  if (name === `@jarvis/${shortName(place)}`) {
    return judgeSelf(request.name, place);
  }
  if (policy.packages.includes(name)) {
    return undefined;
  }
  return policy.lazy?.name === name
    ? judgeLazy(request, place, policy)
    : `${mayImport(place, policy)}, not ${name}: ${policy.packageAdvice}.`;
}

function judgeSelf(name: string, place: SourcePlace): string | undefined {
  return place.kind === 'source'
    ? `Inside ${shortName(place)}, import the file that owns the name, not "${name}".`
    : undefined;
}

function judgeLazy(request: ImportRequest, place: SourcePlace, { lazy }: ImportPolicy): string | undefined {
  if (lazy === undefined || place.kind !== 'source') {
    return undefined;
  }
  if (lazy.from.some((pattern) => matches(place.file, pattern)) && request.kind !== 'static') {
    return undefined;
  }
  return `${shortName(place)} reaches ${lazy.name} only by \`await import()\` in ${lazy.from.join(' and ')}: ${lazy.instead}.`;
}

/** Matches a path with a pattern in which one star stands for a part of a name. */
function matches(file: string, pattern: string): boolean {
  const [start = '', end = ''] = pattern.split('*');
  return file.startsWith(start) && file.endsWith(end) && !file.slice(start.length).includes('/');
}

function judgeLibrary(name: string, place: SourcePlace, policy: ImportPolicy): string | undefined {
  const isListed = policy.libraries !== 'declared' && place.kind === 'source' && !isTestKit(name, place);
  if (isListed && !policy.libraries.includes(name)) {
    return `${mayImport(place, policy)}, not ${name}: ${policy.libraryAdvice}.`;
  }
  return isDeclared(name, place)
    ? undefined
    : `${name} is not declared in ${place.project}/package.json: ${policy.libraryAdvice}.`;
}

/** Contract suites are published and run in the test runner of whoever calls them. */
function isTestKit(name: string, { file }: SourcePlace): boolean {
  return name === 'vitest' && file.startsWith('src/testing/');
}

function mayImport(place: SourcePlace, { packages, libraries }: ImportPolicy): string {
  const names = [...packages, ...(libraries === 'declared' ? [] : libraries)];
  return `${shortName(place)} may import ${names.join(', ')} only`;
}

function shortName({ project }: SourcePlace): string {
  return project.replace('packages/', '');
}

function packageNameOf(name: string): string {
  const parts = name.split('/');
  return parts.slice(0, name.startsWith('@') ? 2 : 1).join('/');
}

/** What is published declares for itself; tests and the workshop may also use what the root declares. */
function isDeclared(name: string, { project, kind }: SourcePlace): boolean {
  const own = declarationsOf(project);
  if (own.published.has(name)) {
    return true;
  }
  const isPublished = project.startsWith('packages/') && kind === 'source';
  return !isPublished && (own.development.has(name) || declarationsOf('.').development.has(name));
}

interface Declarations {
  readonly published: ReadonlySet<string>;
  readonly development: ReadonlySet<string>;
}

const known = new Map<string, Declarations>();

function declarationsOf(project: string): Declarations {
  const declarations = known.get(project) ?? readDeclarations(project);
  known.set(project, declarations);
  return declarations;
}

function readDeclarations(project: string): Declarations {
  const manifest = readManifest(join(workspaceRoot, project, 'package.json'));
  return {
    published: new Set([
      ...Object.keys(manifest.dependencies),
      ...Object.keys(manifest.peerDependencies),
      ...Object.keys(manifest.optionalDependencies),
    ]),
    development: new Set(Object.keys(manifest.devDependencies)),
  };
}
