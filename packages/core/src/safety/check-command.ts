import { z } from 'zod';

const words = z
  .array(
    z
      .string()
      .max(1_000)
      .refine((word) => !word.includes('\0'), 'expected a text without NUL characters'),
  )
  .min(1)
  .max(100)
  .refine(([program = '']) => program.trim() !== '', 'expected the name of a program first')
  .readonly();

const checkCommandSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/u, 'expected a name of lower-case letters, digits and hyphens')
    .describe('What findings of this command are called, for example "tests".'),
  command: words.describe('The program and its arguments. No shell reads them.'),
  deadlineMs: z
    .int()
    .min(1_000)
    .max(3_600_000)
    .optional()
    .describe('How long the command may take before it is ended. Default: 120000.'),
  outputBytes: z
    .int()
    .min(256)
    .max(65_536)
    .optional()
    .describe('How much of the end of what the command writes is shown when it fails. Default: 4096.'),
});

/** A command of the project that a person has allowed to be run as a check. */
export interface CheckCommand {
  /** What its findings are called. */
  readonly name: string;
  /** The program and its arguments. */
  readonly command: readonly string[];
  readonly deadlineMs: number;
  /** How much of the end of what it writes is shown when it fails. */
  readonly outputBytes: number;
}

/** Commands with names of their own. */
export const checkCommandsSchema = z
  .array(checkCommandSchema)
  .max(20, 'expected at most 20 commands')
  .superRefine((commands, context) => {
    commands.forEach(({ name }, index) => {
      if (commands.findIndex((other) => other.name === name) === index) return;
      context.addIssue({ code: 'custom', path: [index, 'name'], message: 'expected a name of its own' });
    });
  })
  .readonly();

type WrittenCommands = z.infer<typeof checkCommandsSchema>;

/** Fills in what was left out. */
export function completeCommands(written: WrittenCommands): readonly CheckCommand[] {
  return written.map(({ name, command, deadlineMs = 120_000, outputBytes = 4_096 }) => ({
    name,
    command,
    deadlineMs,
    outputBytes,
  }));
}
