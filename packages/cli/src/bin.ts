#!/usr/bin/env node
import { answerCommandLine } from './answer-command-line.ts';
import { guardOutput } from './wiring/guard-output.ts';

guardOutput();
const exitCode = await answerCommandLine(process.argv.slice(2), {
  tell: (text) => process.stdout.write(text),
  openIo: async () => (await import('./wiring/process-io.ts')).processIo(),
});
// A result that could not be written has set it already.
if (exitCode !== 0) process.exitCode = exitCode;
