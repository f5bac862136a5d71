import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import type { StagePart } from '@jarvis/roadmap';
import { z } from 'zod';

import { UsageError } from '../errors.ts';
import { requireStageId } from './require-stage-id.ts';

/** `Name:1,3`: a part and the plan steps it takes, counted from 1. */
const WRITTEN_PART = /^(?<name>.+):(?<steps>\d+(?:,\d+)*)$/u;

/** A part as people write it in a file: positions count from 1. */
const partSchema = z.strictObject({
  id: z.string().min(1).exactOptional(),
  name: z.string().trim().min(1),
  goal: z.string().trim().min(1).exactOptional(),
  planSteps: z.array(z.int().positive()),
  requirements: z.array(z.int().positive()).exactOptional(),
  dependsOn: z.array(z.string().min(1)).exactOptional(),
  categories: z.array(z.string().min(1)).exactOptional(),
});

type WrittenPart = z.infer<typeof partSchema>;

const HINT =
  'Write the parts with the plan steps they take, counted from 1: --into "Shop:1,2" --into "Cart:3", or name a JSON file.';

/**
 * The parts a stage is split into: as flags say them, or as a JSON file does.
 *
 * @throws {@link UsageError} when there are none, or one is no part.
 */
export async function readStageParts(
  written: readonly string[],
  folder: string,
): Promise<readonly StagePart[]> {
  const [first, second] = written;
  if (first === undefined)
    throw new UsageError({ problem: 'What the stage is split into is missing.', hint: HINT });
  const isFile = second === undefined && !WRITTEN_PART.test(first);
  const parts = isFile ? await readParts(resolve(folder, first)) : written.map(parsePart);
  return parts.map(toPart);
}

function parsePart(written: string): WrittenPart {
  const { name, steps } = WRITTEN_PART.exec(written)?.groups ?? {};
  if (name === undefined || steps === undefined) {
    throw new UsageError({
      problem: `--into: ${JSON.stringify(written.slice(0, 80))} is no part.`,
      hint: HINT,
    });
  }
  return { name: name.trim(), planSteps: steps.split(',').map(Number) };
}

async function readParts(path: string): Promise<readonly WrittenPart[]> {
  try {
    return z.array(partSchema).parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new UsageError({
      problem: `--into ${path}: ${problem.replaceAll(/\s+/gu, ' ').slice(0, 500)}.`,
      hint: HINT,
    });
  }
}

/** People count from 1, the roadmap from 0. */
function toPart({ id, name, goal = name, planSteps, requirements, ...rest }: WrittenPart): StagePart {
  return {
    id: id ?? requireStageId(name),
    name,
    goal,
    planSteps: planSteps.map((step) => step - 1),
    ...(requirements === undefined ? {} : { requirements: requirements.map((at) => at - 1) }),
    ...rest,
  };
}
