import { z } from 'zod';

import { holdsSecret } from './holds-secret.ts';

const workSchema = z.looseObject({ files: z.record(z.string(), z.string()).default({}) });

/** The files of an answer. */
export interface JudgedFiles {
  readonly files: Readonly<Record<string, string>>;
  /** The files that hold a secret: if there is one, the whole answer is refused. */
  readonly secretPaths: readonly string[];
}

/** Reads the files of an employee's answer; none when there are none. */
export function judgeFiles(value: unknown): JudgedFiles {
  const { data } = workSchema.safeParse(value);
  const files = data?.files ?? {};
  return { files, secretPaths: Object.keys(files).filter((path) => holdsSecret(files[path] ?? '')) };
}
