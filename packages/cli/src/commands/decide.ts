import { type Gate, gateStatus, renderSeat, waitingStep } from '@jarvis/core';
import { type GateVerdict, readRunRecords } from '@jarvis/loops';

import { UsageError } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type GlobalOptions, globalOptionsSchema } from '../options/global-options.ts';
import { requireRunId } from '../options/require-run-id.ts';
import { escapeForTerminal } from '../ui/escape-for-terminal.ts';
import { renderHiddenText } from '../ui/render-hidden-text.ts';
import { stateDirFlag } from '../ui/state-dir-flag.ts';
import type { CliIo } from '../wiring/cli-io.ts';
import { openOrchestrator } from '../wiring/open-orchestrator.ts';
import { openRunContext } from '../wiring/open-run-context.ts';
import type { CliCommand, CliInput, CliOption } from './cli-command.ts';
import { followRun } from './follow-run.ts';

const OPTIONS: readonly CliOption[] = [
  { flags: '--gate <id>', description: 'which gate, when several wait' },
  { flags: '--as <role>', description: 'the role you decide in (default: the one the gate waits for)' },
  { flags: '--by <name>', description: 'who you are (default: your name on this machine)' },
  {
    flags: '--shown <hash>',
    description: 'the hash of what you have seen; what has changed since is refused',
  },
  { flags: '--reason <text>', description: 'why, for the record' },
];

/** `jarvis approve <run>` */
export const approveCommand: CliCommand = {
  args: ['the id of the run'],
  options: [...OPTIONS, { flags: '--resume', description: 'go on with the run at once' }],
  examples: ['jarvis approve 20261122-160057-k3f9az --resume'],
  run: (input, io) => decide(input, io, 'approve'),
};

/** `jarvis reject <run>` */
export const rejectCommand: CliCommand = {
  args: ['the id of the run'],
  options: [...OPTIONS, { flags: '--resume', description: 'have the run end at once' }],
  examples: ['jarvis reject 20261122-160057-k3f9az --reason "No budget"'],
  run: (input, io) => decide(input, io, 'reject'),
};

async function decide(input: CliInput, io: CliIo, verdict: 'approve' | 'reject'): Promise<ExitCode> {
  const runId = requireRunId(input);
  const said = toVerdict(input.options, io);
  io.err(renderHiddenText(said.by, 'name') + renderHiddenText(said.reason ?? '', 'reason'));
  const common = globalOptionsSchema.parse(input.options);
  const isResumed = input.options['resume'] === true;
  const context = await openRunContext(runId, common, { io, keepsServer: isResumed });
  const jarvis = await openOrchestrator(runId, context);
  try {
    const gate = await jarvis[verdict](runId, said);
    if (!isResumed) return tellDecision(runId, gate, { io, common });
    const start = (signal: AbortSignal) => jarvis.streamResume(runId, { signal });
    const readPast = () => readRunRecords(context.journal, runId);
    return await followRun({ isJson: common.json, stateDir: common.stateDir, start, readPast }, io);
  } finally {
    await context.journal.close();
  }
}

function toVerdict(options: CliInput['options'], { userName }: CliIo): GateVerdict {
  const { gate, as, by = userName, shown, reason } = options;
  if (typeof by !== 'string' || by.trim() === '') {
    throw new UsageError({ problem: 'Who decides is not known.', hint: 'Say it with: --by <name>' });
  }
  return {
    by,
    ...(typeof gate === 'string' ? { gateId: gate } : {}),
    ...(typeof as === 'string' ? { role: as } : {}),
    ...(typeof shown === 'string' ? { subjectHash: shown } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  };
}

interface Telling {
  readonly io: CliIo;
  readonly common: GlobalOptions;
}

function tellDecision(runId: string, gate: Gate, { io, common }: Telling): ExitCode {
  const status = gateStatus(gate);
  const waiting = waitingStep(gate);
  const more =
    waiting === undefined || status === 'rejected' ? '' : ` It still waits for ${renderSeat(waiting.seat)}.`;
  io.out(
    common.json
      ? `${JSON.stringify({ runId, gate: gate.id, status }, null, 2)}\n`
      : `${escapeForTerminal(`Gate ${gate.id}: ${status}.${more}`)}\ngo on with: jarvis resume ${runId}${stateDirFlag(common.stateDir)}\n`,
  );
  return exitCodes.done;
}
