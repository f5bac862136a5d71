import { createHash } from 'node:crypto';

import { z } from 'zod';

const mode = z.int().min(0).max(0o7777);
const hash = z.string().regex(/^[0-9a-f]{64}$/u);
const path = z.string().refine(isInside, 'a path inside the tree');

const entrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), path, mode, bytes: z.int().min(0), hash }),
  z.strictObject({ kind: z.literal('folder'), path, mode }),
  z.strictObject({ kind: z.literal('link'), path, target: z.string().min(1) }),
]);

const manifestSchema = z.strictObject({
  version: z.literal(1),
  /** The real path of the tree. */
  root: z.string().startsWith('/'),
  /** Sorted by path, so that a folder comes before what lies in it. */
  entries: z.array(entrySchema),
  leftOut: z.array(z.string()),
});

/** Something a snapshot holds. */
export type SnapshotEntry = Readonly<z.infer<typeof entrySchema>>;

/** What a tree consisted of. The content of its files is kept apart, by hash. */
export type Manifest = Readonly<z.infer<typeof manifestSchema>>;

/** The id of a snapshot: it follows from what the snapshot holds, so the same tree has the same one. */
export function snapshotIdOf(manifest: Manifest): string {
  return hashOf(toText(manifest)).slice(0, 16);
}

/** A manifest as it is kept. */
export function toText(manifest: Manifest): string {
  return `${JSON.stringify(manifest)}\n`;
}

/** Reads what was kept; `undefined` when it is no manifest of that id. */
export function fromText(text: string, snapshotId: string): Manifest | undefined {
  try {
    const manifest = manifestSchema.parse(JSON.parse(text));
    return hashOf(text).startsWith(snapshotId) ? manifest : undefined;
  } catch {
    return undefined; // cut or changed; the caller names the snapshot
  }
}

/** SHA-256 as it is written in a manifest. */
export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Whether a path from the root of a tree stays inside it. */
export function isInside(path: string): boolean {
  if (path.includes('\0')) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
