import { z } from 'zod';

const path = z.string().min(1);
const hash = z.string().min(1);

/** Parses a file and the hash of its content. */
export const fileVersionSchema = z.strictObject({ path, hash });

/** A file, and its content by hash. */
export interface FileVersion {
  readonly path: string;
  readonly hash: string;
}

/** Parses a change of a file. */
export const fileEditSchema = z.strictObject({ path, before: hash.nullable(), after: hash.nullable() });

/** What a delivery did to a file: its content before and after, by hash; `null` where there was or is no file. */
export interface FileEdit {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}
