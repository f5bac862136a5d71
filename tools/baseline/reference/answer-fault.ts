import { z } from 'zod';

import { readLegacyAnswer } from '../scenario/read-legacy-answer.ts';

/** Why an answer could not be used: with it the predecessor raised an exception. */
export type AnswerFault =
  'empty' | 'unreadable' | 'not-an-object' | 'files-not-an-object' | 'finding-not-an-object';

export interface JudgedAnswer {
  /** `undefined` when it could not be read. */
  readonly value: unknown;
  readonly fault: AnswerFault | null;
}

const filesSchema = z.looseObject({ files: z.record(z.string(), z.string()).exactOptional() });
const findingsSchema = z.looseObject({ findings: z.array(z.looseObject({})).exactOptional() });

/** Whether an answer to a role can be used, by what is recorded of the exceptions. */
export function judgeAnswer(role: string, text: string): JudgedAnswer {
  if (text.trim() === '') return { value: undefined, fault: 'empty' };
  const read = readLegacyAnswer(text);
  if (read === undefined) return { value: undefined, fault: 'unreadable' };
  return { value: read.value, fault: findFault(role, read.value) };
}

function findFault(role: string, value: unknown): AnswerFault | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not-an-object';
  if (role === 'employee.build' && !filesSchema.safeParse(value).success) return 'files-not-an-object';
  if (role === 'supervisor.audit' && !findingsSchema.safeParse(value).success) return 'finding-not-an-object';
  return null;
}
