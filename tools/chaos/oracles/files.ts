import type { Evidence } from '../evidence.ts';

/** O3: the files are those of the undisturbed run, byte for byte; nothing else is there, in the folder or beside it. */
export function checkFiles({ tree }: Evidence, reference: Evidence): readonly string[] {
  const paths = new Set([...Object.keys(tree), ...Object.keys(reference.tree)]);
  return [...paths].flatMap((path) => {
    if (tree[path] === undefined) return [`${path} is missing`];
    if (reference.tree[path] === undefined) return [`${path} should not be there`];
    return tree[path] === reference.tree[path] ? [] : [`${path} has other content`];
  });
}
