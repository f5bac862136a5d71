import { cpSync, lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A small project of the predecessor, with the six orchestrators and those who use them. */
export const fixtureTree: string = fileURLToPath(new URL('fixtures/old-tree', import.meta.url));

/** A copy of the old project in a folder of its own, with a place for the state beside it. */
export class OldTree {
  readonly #base = mkdtempSync(join(tmpdir(), 'old-tree-'));
  readonly root: string = join(this.#base, 'project');
  readonly stateDirectory: string = join(this.#base, 'state');

  constructor() {
    cpSync(fixtureTree, this.root, { recursive: true });
  }

  path(name: string): string {
    return join(this.root, name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** Everything in it: kind, mode and content by path. */
  look(folder = ''): Readonly<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const name of readdirSync(join(this.root, folder)).sort()) {
      const path = folder === '' ? name : `${folder}/${name}`;
      found[path] = describe(this.path(path));
      if (found[path].startsWith('folder')) Object.assign(found, this.look(path));
    }
    return found;
  }

  remove(): void {
    rmSync(this.#base, { recursive: true, force: true });
  }
}

function describe(path: string): string {
  const found = lstatSync(path);
  const mode = (found.mode & 0o7777).toString(8);
  if (found.isSymbolicLink()) return `link ${readlinkSync(path)}`;
  return found.isDirectory() ? `folder ${mode}` : `file ${mode} ${readFileSync(path).toString('base64')}`;
}
