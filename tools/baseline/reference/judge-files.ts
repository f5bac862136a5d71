import { z } from 'zod';

import { holdsSecret } from './holds-secret.ts';

const workSchema = z.looseObject({ files: z.record(z.string(), z.string()).default({}) });

/** The files of an answer, and whether it is refused whole because one of them holds a secret. */
export interface JudgedFiles {
  readonly files: Readonly<Record<string, string>>;
  readonly isRefused: boolean;
}

/** Reads the files of an employee's answer; none when there are none. */
export function judgeFiles(value: unknown): JudgedFiles {
  const { data } = workSchema.safeParse(value);
  const files = data?.files ?? {};
  return { files, isRefused: Object.values(files).some(holdsSecret) };
}
