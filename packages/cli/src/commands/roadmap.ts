import { UsageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { globalOptionsSchema } from '../options/global-options.ts';
import { requireRunId } from '../options/require-run-id.ts';
import { didYouMean } from '../ui/did-you-mean.ts';
import { openRunContext } from '../wiring/open-run-context.ts';
import type { CliCommand, CliInput, CliOption } from './cli-command.ts';
import { changeRoadmap, type RoadmapChanging } from './roadmap-change.ts';
import { isRoadmapPart, type RoadmapPartName, roadmapParts } from './roadmap-command.ts';
import { showDiff, showHistory, showRoadmap } from './roadmap-view.ts';

const RUN = '20261122-160057-k3f9az';

const OPTIONS: readonly CliOption[] = [
  { flags: '--version <number>', description: 'show: an earlier version' },
  { flags: '--mermaid', description: 'show: as a Mermaid flowchart' },
  { flags: '--reason <text>', description: 'why, for the record' },
  {
    flags: '--if-version <number>',
    description: 'change it only if it is still at this version (exit code 7 if not)',
  },
  { flags: '--by <name>', description: 'who you are (default: your name on this machine)' },
  {
    flags: '--into <part>',
    description: 'split: a part and its plan steps, counted from 1, as "Shop:1,2"; or a JSON file',
    isRepeatable: true,
  },
  { flags: '--name <name>', description: 'merge, add: what the stage is called' },
  { flags: '--goal <text>', description: 'merge, add: what it is for' },
  { flags: '--id <id>', description: 'merge, add: its id (default: made of its name)' },
  { flags: '--step <text>', description: 'add: a step of it; several times for several', isRepeatable: true },
  { flags: '--requirement <text>', description: 'add: what must be true at its end', isRepeatable: true },
  { flags: '--after <ids>', description: 'add: the stages it waits for, with commas' },
];

/** `jarvis roadmap <what> <run>` */
export const roadmapCommand: CliCommand = {
  args: [`what to do: ${Object.keys(roadmapParts).join(', ')}`, 'the id of the run', 'stages, or versions'],
  options: OPTIONS,
  examples: [
    ...Object.values(roadmapParts).map(({ usage }) => `jarvis roadmap ${usage.replace('<run>', RUN)}`),
    `jarvis roadmap skip ${RUN} blog --reason "Not now" --if-version 3`,
  ],
  run: async ({ args, options }, io) => {
    const [what = '', ...rest] = args;
    const part = requirePart(what);
    refuseOthers(part, options);
    const runId = requireRunId({ args: rest });
    const common = globalOptionsSchema.parse(options);
    const context = await openRunContext(runId, common, { io, keepsServer: false });
    try {
      const { journal } = context;
      const names = rest.slice(1);
      io.out(await carryOut(part, { context, journal, runId, names, options, isJson: common.json, io }));
      return exitCodes.done;
    } finally {
      await context.journal.close();
    }
  },
};

function requirePart(what: string): RoadmapPartName {
  if (isRoadmapPart(what)) return what;
  const known = Object.keys(roadmapParts);
  throw new UsageError({
    problem: what === '' ? 'What is to be done is missing.' : `"${what}" cannot be done with a roadmap.`,
    hint: `${didYouMean(what, known)}Write one of: ${known.join(', ')}; for example: jarvis roadmap show <run>`,
  });
}

/** A flag of another part would be read and ignored. */
function refuseOthers(part: RoadmapPartName, options: CliInput['options']): void {
  const { flags, usage } = roadmapParts[part];
  const own: readonly string[] = flags;
  const given = OPTIONS.map((option) => option.flags.split(' ', 1).join('')).find((flag) => {
    const key = toKey(flag);
    return options[key] !== undefined && !own.includes(key);
  });
  if (given === undefined) return;
  throw new UsageError({
    problem: `${given} means nothing to "${part}".`,
    hint: `Write: jarvis roadmap ${usage}`,
  });
}

/** How commander names what was given: `--if-version` is `ifVersion`. */
function toKey(flag: string): string {
  return flag.slice(2).replaceAll(/-(\w)/gu, (_, letter: string) => letter.toUpperCase());
}

function carryOut(part: RoadmapPartName, input: RoadmapChanging): Promise<string> {
  if (part === 'show') return showRoadmap(input);
  if (part === 'history') return showHistory(input);
  return part === 'diff' ? showDiff(input) : changeRoadmap(part, input);
}
