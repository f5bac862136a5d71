import { type AskModel, type RunContext, sha256, type Steps, type WorkspaceFile } from '@jarvis/core';
import { z } from 'zod';

import type { AgentCoordinator } from '../agents/agent-coordinator.ts';
import type { Plan } from '../agents/agent-reply.ts';
import type { Dialect, StageBrief } from '../dialect/dialect.ts';
import type { DeliveredFile } from '../engine/action.ts';
import type { Contents } from '../engine/contents.ts';
import type { Accepted } from '../engine/run-records.ts';
import type { Round, RunState, StageRound } from '../engine/run-state.ts';

/** What carrying out one action may use. */
export interface ActionScope {
  readonly runId: string;
  readonly context: RunContext;
  readonly accepted: Accepted;
  /** The state when the action was opened. */
  readonly state: RunState;
  readonly steps: Steps;
  readonly ask: AskModel;
  /** Does something that may take long, under a signal that is raised when the run is to stop or to end. */
  readonly untilStopped: <Result>(work: (signal: AbortSignal) => Promise<Result>) => Promise<Result>;
  readonly dialect: Dialect;
  readonly coordinator: AgentCoordinator;
  readonly contents: Contents;
}

const listedFileSchema = z.object({ path: z.string(), hash: z.string() });

/** A file of a listing: its path and the hash of its content. */
export type ListedFile = Readonly<z.infer<typeof listedFileSchema>>;

/** The project's text files at one moment. */
export interface ProjectFiles {
  readonly files: readonly WorkspaceFile[];
  /** Hash of the list of paths and content hashes, stored as a blob: the same files always have the same. */
  readonly listing: string;
}

/** Looks at the project's files, as a step of the action. */
export async function readProjectFiles(scope: ActionScope): Promise<ProjectFiles> {
  const { steps, context, contents } = scope;
  const listing = await steps.look({
    name: 'workspace.read',
    key: {},
    result: z.string(),
    look: async () => {
      // A file with the key in it is shown to no model, and so stays as it is.
      const files = (await context.workspace.readFiles()).filter(
        ({ content }) => !context.secrets.holdsKnownSecret(content),
      );
      for (const { content } of files) contents.keep(content);
      return contents.keep(JSON.stringify(files.map(({ path, hash }) => ({ path, hash }))));
    },
  });
  const entries = await readListing(scope, listing);
  const files = await Promise.all(
    entries.map(async ({ path, hash }) => ({ path, hash, content: await contents.read(hash) })),
  );
  return { files, listing };
}

/** The paths and content hashes of a listing that an earlier step stored. */
export async function readListing(
  { contents }: Pick<ActionScope, 'contents'>,
  listing: string,
): Promise<readonly ListedFile[]> {
  return z.array(listedFileSchema).parse(JSON.parse(await contents.read(listing)));
}

/** A step key made of the hashes of the parts a request or an effect depends on. */
export function hashParts(parts: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, sha256(JSON.stringify(part)).slice(0, 16)]),
  );
}

/** Where a file was moved from, if it was. */
export function moveOf(file: DeliveredFile): { readonly movedFrom?: string } {
  return 'movedFrom' in file ? { movedFrom: file.movedFrom } : {};
}

/** The plan, which every mode makes before anything that needs it. */
export function requirePlan({ state }: Pick<ActionScope, 'state'>): Plan {
  if (state.plan === undefined) throw new TypeError('a mode asked for work before it had a plan');
  return state.plan;
}

/** The stage a round is done for, as the agents are told of it; nothing in a mode without stages. */
export function stageOf(
  { state }: Pick<ActionScope, 'state'>,
  { stage: id }: Pick<Round, 'stage'>,
): { readonly stage?: StageBrief } {
  if (id === undefined) return {};
  const draft = state.split?.stages.find((stage) => stage.id === id);
  const planned = state.roadmap?.stages.find((stage) => stage.id === id)?.brief;
  if (planned === undefined)
    throw new TypeError(`a mode asked for work at stage ${id}, which is not planned`);
  return { stage: { ...planned, ...(draft === undefined ? {} : { draft }) } };
}

/** The round an action belongs to. */
export function requireRound({ state }: Pick<ActionScope, 'state'>, number: number): Round {
  const round = state.rounds.find((candidate) => candidate.number === number);
  if (round === undefined)
    throw new TypeError(`a mode asked for round ${String(number)}, which was never opened`);
  return round;
}

/** The round an action belongs to that only stages have. */
export function requireStageRound(scope: Pick<ActionScope, 'state'>, number: number): StageRound {
  const { stage, ...round } = requireRound(scope, number);
  if (stage === undefined)
    throw new TypeError(`a mode asked about the stage of round ${String(number)}, which has none`);
  return { ...round, stage };
}
