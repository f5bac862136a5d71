import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { escapeForTerminal } from '../ui/escape-for-terminal.ts';
import { checkNode } from '../wiring/check-node.ts';
import { checkProject } from '../wiring/check-project.ts';
import type { Diagnosis } from '../wiring/diagnosis.ts';
import type { CliCommand } from './cli-command.ts';

const MARKS: Readonly<Record<Diagnosis['verdict'], string>> = {
  ok: 'ok     ',
  warning: 'note   ',
  problem: 'PROBLEM',
};

/** `jarvis doctor` */
export const doctorCommand: CliCommand = {
  args: [],
  options: [],
  examples: ['jarvis doctor', 'jarvis doctor --json'],
  run: async ({ options }, io) => {
    const common = globalOptionsSchema.parse(options);
    const found = [checkNode(process.versions.node), ...(await checkProject(common, io))];
    io.out(common.json ? `${JSON.stringify(found, null, 2)}\n` : found.map(renderDiagnosis).join(''));
    return found.some(({ verdict }) => verdict === 'problem') ? exitCodes.usage : exitCodes.done;
  },
};

function renderDiagnosis({ about, verdict, text, next }: Diagnosis): string {
  const hint = next === undefined ? '' : ` → ${next}`;
  return `${MARKS[verdict]}  ${about.padEnd(13)}  ${escapeForTerminal(`${text}${hint}`)}\n`;
}
