/** A file as a tree or an index holds it. */
export interface TreeEntry {
  readonly mode: string;
  readonly id: string;
}

/** A path that differs between two trees. */
export interface TreeChange {
  readonly path: string;
  readonly before?: TreeEntry;
  readonly after?: TreeEntry;
}

const NO_MODE = '000000';

/** Reads the output of `ls-tree -r -z`. */
export function parseTree(output: string): ReadonlyMap<string, TreeEntry> {
  return new Map(
    records(output).map((record) => {
      const [facts, path] = splitAtTab(record);
      const [mode = '', , id = ''] = facts.split(' ');
      return [path, { mode, id }];
    }),
  );
}

/** Reads the output of `ls-files --stage -z`; `undefined` stands for a path with a conflict. */
export function parseIndex(output: string): ReadonlyMap<string, TreeEntry | undefined> {
  return new Map(
    records(output).map((record) => {
      const [facts, path] = splitAtTab(record);
      const [mode = '', id = '', stage] = facts.split(' ');
      return [path, stage === '0' ? { mode, id } : undefined];
    }),
  );
}

/** Reads the output of `diff-tree -r -z`. */
export function parseChanges(output: string): readonly TreeChange[] {
  const parts = records(output);
  const changes: TreeChange[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [modeBefore = '', modeAfter = '', idBefore = '', idAfter = ''] = (parts[index] ?? '')
      .slice(1)
      .split(' ');
    changes.push({
      path: parts[index + 1] ?? '',
      ...(modeBefore !== NO_MODE && { before: { mode: modeBefore, id: idBefore } }),
      ...(modeAfter !== NO_MODE && { after: { mode: modeAfter, id: idAfter } }),
    });
  }
  return changes;
}

/** One record for `update-index -z --index-info`. */
export function renderEntry(path: string, { mode, id }: TreeEntry): string {
  return `${mode} ${id}\t${path}\0`;
}

/** The record that takes a path out of an index; `entry` is what it held. */
export function renderRemoval(path: string, { id }: TreeEntry): string {
  return renderEntry(path, { mode: '0', id: '0'.repeat(id.length) });
}

/** The folders a path lies in, from the nearest up. */
export function foldersOf(path: string): readonly string[] {
  const components = path.split('/');
  return components.slice(1).map((_, index) => components.slice(0, components.length - 1 - index).join('/'));
}

function records(output: string): readonly string[] {
  return output.split('\0').filter((record) => record !== '');
}

function splitAtTab(record: string): readonly [string, string] {
  const tab = record.indexOf('\t');
  return [record.slice(0, tab), record.slice(tab + 1)];
}
