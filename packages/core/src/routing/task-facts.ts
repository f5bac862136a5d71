import { z } from 'zod';

/** What a task is mostly about. */
export const taskKindSchema = z.enum(
  ['frontend', 'backend', 'data', 'docs', 'ops', 'other'],
  'expected frontend, backend, data, docs, ops or other',
);

/** What a task is mostly about. */
export type TaskKind = z.infer<typeof taskKindSchema>;

/** How much a task asks for. */
export const taskComplexitySchema = z.enum(['low', 'medium', 'high'], 'expected low, medium or high');

/** How much a task asks for. */
export type TaskComplexity = z.infer<typeof taskComplexitySchema>;

/** How much hangs on a task. Only who sets the task knows; it is never guessed. */
export const taskImportanceSchema = z.enum(['low', 'normal', 'high'], 'expected low, normal or high');

/** How much hangs on a task. Only who sets the task knows; it is never guessed. */
export type TaskImportance = z.infer<typeof taskImportanceSchema>;
