import { unsettledFindings } from '../findings/finding-life.ts';
import type { TrackedFinding } from '../findings/finding-life.ts';
import type { StageSnapshot } from '../evolve-stage.ts';
import type { LadderStep } from '../cycle/ladder.ts';
import type { MemoryEntry } from './memory-entry.ts';

/** One turn of work and audit. */
export interface Iteration {
  /** Counted from 1 over the whole life of the stage. */
  readonly number: number;
  readonly contentHash: string;
  /** How many findings were left after it. */
  readonly unsettled: number;
  /** The steps of the ladder that were taken after it. */
  readonly escalations: readonly LadderStep[];
}

/** What a stage knows, by kind, each oldest first. */
export interface StageMemory {
  readonly stageId: string;
  readonly decisions: readonly Extract<MemoryEntry, { kind: 'decision' }>[];
  readonly clarifications: readonly Extract<MemoryEntry, { kind: 'clarification' }>[];
  readonly notes: readonly Extract<MemoryEntry, { kind: 'note' }>[];
  readonly links: readonly Extract<MemoryEntry, { kind: 'link' }>[];
  readonly findings: readonly TrackedFinding[];
  readonly unsettled: readonly TrackedFinding[];
  readonly iterations: readonly Iteration[];
  /** The files the stage has changed. */
  readonly files: readonly string[];
}

/** Reads off a stage what it knows: what it was told to remember, its findings and its iterations. */
export function toStageMemory(stageId: string, stage: StageSnapshot): StageMemory {
  const { memory, findings, rounds, escalations, edits } = stage;
  return {
    stageId,
    decisions: memory.filter((entry) => entry.kind === 'decision'),
    clarifications: memory.filter((entry) => entry.kind === 'clarification'),
    notes: memory.filter((entry) => entry.kind === 'note'),
    links: memory.filter((entry) => entry.kind === 'link'),
    findings,
    unsettled: unsettledFindings(findings),
    iterations: rounds.map(({ contentHash, fingerprints }, index) => ({
      number: index + 1,
      contentHash,
      unsettled: fingerprints.length,
      escalations: escalations.filter(({ afterRounds }) => afterRounds === index + 1).map(({ step }) => step),
    })),
    files: [...new Set(edits.map(({ path }) => path))],
  };
}
