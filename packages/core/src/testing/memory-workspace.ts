import { type CrashPoint, noCrashPoint } from '../context/crash-point.ts';
import { sha256 } from '../journal/hash.ts';
import { refusePath } from '../workspace/safe-path.ts';
import type { Workspace, WorkspaceFile } from '../workspace/workspace.ts';
import {
  PathEscapeError,
  WorkspaceConflictError,
  WorkspaceUnusableError,
} from '../workspace/workspace-errors.ts';
import type { PlannedWrite, WritePlan } from '../workspace/write-plan.ts';

/** What a {@link MemoryWorkspace} starts with. */
export interface MemoryWorkspaceOptions {
  /** Contents by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Default: `/workspace`. */
  readonly root?: string;
  /** Why the folder cannot be worked in; then `prove` throws. */
  readonly unusable?: string;
  readonly crashPoint?: CrashPoint;
}

type Entry =
  | { readonly type: 'file'; readonly content: string; readonly stamp: number; readonly mode?: number }
  | { readonly type: 'link' };

/** A project folder that lives in memory: the reference for adapters, and the one to use in tests. */
export class MemoryWorkspace implements Workspace {
  readonly root: string;
  readonly #entries = new Map<string, Entry>();
  readonly #unusable: string | undefined;
  readonly #crashPoint: CrashPoint;
  #writes = 0;

  constructor({
    files = {},
    root = '/workspace',
    unusable,
    crashPoint = noCrashPoint,
  }: MemoryWorkspaceOptions = {}) {
    this.root = root;
    this.#unusable = unusable;
    this.#crashPoint = crashPoint;
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  async prove(): Promise<void> {
    if (this.#unusable !== undefined)
      throw new WorkspaceUnusableError({ path: this.root, problem: this.#unusable });
  }

  async readFiles(): Promise<readonly WorkspaceFile[]> {
    return [...this.#entries]
      .flatMap(([path, entry]) =>
        entry.type === 'file' && isShown(path, entry.content) ? [toFile(path, entry.content)] : [],
      )
      .sort((a, b) => compareCodePoints(a.path, b.path));
  }

  async hashFiles(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return new Map(
      paths.flatMap((path) => {
        const content = this.read(path);
        return content === undefined ? [] : [[path, sha256(content)] as const];
      }),
    );
  }

  async readModes(paths: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return new Map(
      paths.flatMap((path) => {
        const entry = this.#entries.get(path);
        return entry?.type === 'file' && entry.mode !== undefined ? [[path, entry.mode] as const] : [];
      }),
    );
  }

  async apply(plan: WritePlan, contentOf: (hash: string) => Promise<string>): Promise<void> {
    for (const write of plan.writes) this.#refuseEscape(write);
    const left = plan.writes.filter(({ path, after }) => this.#hash(path) !== after);
    const conflicts = left.filter(({ path, before }) => this.#hash(path) !== before);
    if (conflicts.length > 0) throw new WorkspaceConflictError({ paths: conflicts.map(({ path }) => path) });

    const contents = await Promise.all(
      left.map(
        async ({ path, after, mode }) =>
          [path, after === null ? null : await contentOf(after), mode] as const,
      ),
    );
    // What is new first: a file that moves is never in no place at all.
    const ordered = [...contents].sort(([, a], [, b]) => Number(a === null) - Number(b === null));
    for (const [path, content, mode] of ordered) {
      if (content === null) this.remove(path);
      else this.write(path, content, mode);
      this.#crashPoint.reach('apply.file-written');
    }
  }

  /** The content of a file, or `undefined` when there is none. */
  read(path: string): string | undefined {
    const entry = this.#entries.get(path);
    return entry?.type === 'file' ? entry.content : undefined;
  }

  /** Changes a file as the user or another program does. A file that is there keeps its permissions. */
  write(path: string, content: string, asked?: number): void {
    this.#writes += 1;
    const before = this.#entries.get(path);
    const mode = before?.type === 'file' ? before.mode : asked;
    const kept = mode === undefined ? {} : { mode };
    this.#entries.set(path, { type: 'file', content, stamp: this.#writes, ...kept });
  }

  /** Removes whatever stands there. */
  remove(path: string): void {
    this.#entries.delete(path);
  }

  /** Puts a symbolic link there. */
  link(path: string): void {
    this.#entries.set(path, { type: 'link' });
  }

  /** A number that changes whenever the file is written, like the time of its last change. */
  stamp(path: string): number | undefined {
    const entry = this.#entries.get(path);
    return entry?.type === 'file' ? entry.stamp : undefined;
  }

  #hash(path: string): string | null {
    const content = this.read(path);
    return content === undefined ? null : sha256(content);
  }

  #refuseEscape({ path, isAllowed }: PlannedWrite): void {
    const refusal = refusePath(path);
    if (refusal !== undefined && !(refusal === 'protected' && isAllowed === true))
      throw new PathEscapeError({ path, problem: `it counts as "${refusal}"` });
    if (this.#entries.get(path)?.type === 'link')
      throw new PathEscapeError({ path, problem: 'it is a link' });
    for (const other of this.#entries.keys()) {
      if (path.startsWith(`${other}/`))
        throw new PathEscapeError({ path, problem: `${other} is not a folder` });
      if (other.startsWith(`${path}/`)) throw new PathEscapeError({ path, problem: 'it is a folder' });
    }
  }
}

function isShown(path: string, content: string): boolean {
  const folders = path.split('/').slice(0, -1);
  const isHidden = folders.some((folder) => folder.startsWith('.') || folder === 'node_modules');
  return !isHidden && !content.includes('\0') && refusePath(path) !== 'secret';
}

function toFile(path: string, content: string): WorkspaceFile {
  return { path, content, hash: sha256(content) };
}

/** The operators of JavaScript compare UTF-16, in which emoji come too early. */
function compareCodePoints(a: string, b: string): number {
  return codePointsOf(a) < codePointsOf(b) ? -1 : 1;
}

function codePointsOf(text: string): string {
  return Array.from(text, (character) => (character.codePointAt(0) ?? 0).toString(16).padStart(6, '0')).join(
    '',
  );
}
