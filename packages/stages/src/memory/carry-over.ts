import { type Finding, foldWhiteSpace, tellingWords } from '@jarvis/core';

import type { TrackedFinding } from '../findings/finding-life.ts';
import { sharedWords } from './relevant-words.ts';
import type { StageMemory } from './stage-memory.ts';

/** What is to be told to a stage, and how much of it there may be. */
export interface CarryOverRequest {
  readonly stageId: string;
  /** What the stage is to do: name, goal, requirements, as one text. */
  readonly about: string;
  /** The stages it builds on. Default: none. */
  readonly dependsOn?: readonly string[];
  /** The files it is expected to change. Default: none. */
  readonly files?: readonly string[];
  readonly budgetTokens: number;
  /** Counts the tokens of a text; it may count too many, never too few. */
  readonly count: (text: string) => number;
}

/** Something a stage knows, as one line of text. */
export interface CarriedEntry {
  readonly stageId: string;
  readonly kind: 'decision' | 'clarification' | 'note' | 'link' | 'finding' | 'iteration';
  readonly text: string;
}

/** What a stage is told. */
export interface CarryOver {
  /** A line for each entry, the most relevant first; empty when nothing fits. Models wrote it: quote it as data. */
  readonly text: string;
  readonly entries: readonly CarriedEntry[];
  readonly tokens: number;
  /** How many entries did not fit, or were not among the 200 most relevant. */
  readonly leftOut: number;
}

/** What others have to keep to comes before what went wrong, and that before how it went. */
const WEIGHTS: Readonly<Record<CarriedEntry['kind'], number>> = {
  link: 5,
  decision: 4,
  finding: 3,
  clarification: 3,
  note: 2,
  iteration: 1,
};

const WEIGHT_OF_OWN_STAGE = 12;
const WEIGHT_OF_LINK = 10;
const WEIGHT_OF_DEPENDENCY = 6;
const WEIGHT_OF_FILE = 5;
const WEIGHT_OF_WORD = 2;

/** Counting tokens takes time, and what is ranked lower has little to do with the stage. */
const MAX_CONSIDERED = 200;

interface Candidate {
  readonly entry: CarriedEntry;
  readonly score: number;
}

/**
 * Chooses what a stage is told of itself and of other stages, the most relevant first, as long as the budget lasts:
 * what it knows itself, what is linked to it, what it builds on, what is about its files and its words. The same
 * memories give the same text. Memories are given oldest stage first; of equals, the newest is told first.
 */
export function carryOver(memories: readonly StageMemory[], request: CarryOverRequest): CarryOver {
  const question: Question = { ...request, words: tellingWords(request.about) };
  const ranked = memories
    .flatMap((memory) => candidatesOf(memory, question))
    .reverse()
    // Sorting is stable, so what is equally relevant stays newest first.
    .sort((one, other) => other.score - one.score)
    .map(({ entry }) => entry);
  return fill(ranked, request);
}

function fill(
  ranked: readonly CarriedEntry[],
  { budgetTokens, count }: Pick<CarryOverRequest, 'budgetTokens' | 'count'>,
): CarryOver {
  const chosen: CarriedEntry[] = [];
  let text = '';
  let tokens = 0;
  for (const entry of ranked.slice(0, MAX_CONSIDERED)) {
    const longer = `${text}${text === '' ? '' : '\n'}- ${entry.stageId}, ${entry.kind}: ${entry.text}`;
    const needed = count(longer);
    // A shorter entry further down may still fit.
    if (needed > budgetTokens) continue;
    chosen.push(entry);
    text = longer;
    tokens = needed;
  }
  return { text, entries: chosen, tokens, leftOut: ranked.length - chosen.length };
}

/** A request, with the words it is about: they are the same for every stage. */
interface Question extends CarryOverRequest {
  readonly words: ReadonlySet<string>;
}

function candidatesOf(memory: StageMemory, request: Question): readonly Candidate[] {
  const base = scoreOfStage(memory, request);
  return entriesOf(memory, request.stageId).map(({ entry, isLinked, file }) => ({
    entry,
    score:
      base +
      WEIGHTS[entry.kind] +
      (isLinked ? WEIGHT_OF_LINK : 0) +
      (file !== undefined && (request.files ?? []).includes(file) ? WEIGHT_OF_FILE : 0) +
      sharedWords(request.words, entry.text) * WEIGHT_OF_WORD,
  }));
}

function scoreOfStage({ stageId, files }: StageMemory, request: CarryOverRequest): number {
  const { dependsOn = [], files: wanted = [] } = request;
  const sharesFiles = files.some((file) => wanted.includes(file));
  return (
    (stageId === request.stageId ? WEIGHT_OF_OWN_STAGE : 0) +
    (dependsOn.includes(stageId) ? WEIGHT_OF_DEPENDENCY : 0) +
    (sharesFiles ? WEIGHT_OF_FILE : 0)
  );
}

interface FoundEntry {
  readonly entry: CarriedEntry;
  readonly isLinked?: boolean;
  readonly file?: string | undefined;
}

/** Oldest first within a kind. What came of the last iteration is enough to know how a stage went. */
function entriesOf(memory: StageMemory, readerId: string): readonly FoundEntry[] {
  const { stageId } = memory;
  const toEntry = (kind: CarriedEntry['kind'], text: string): FoundEntry => ({
    entry: { stageId, kind, text: foldWhiteSpace(text) },
  });
  return [
    ...memory.iterations
      .slice(-1)
      .map(({ number, unsettled }) =>
        toEntry('iteration', `${String(number)} audits, ${String(unsettled)} findings left by the last`),
      ),
    ...memory.notes.map(({ text }) => toEntry('note', text)),
    ...memory.clarifications.map(({ question, answer }) => toEntry('clarification', `${question} ${answer}`)),
    ...memory.findings.filter(isWorthTelling).map((tracked) => ({
      ...toEntry('finding', describeFinding(tracked)),
      file: tracked.finding.file,
    })),
    ...memory.decisions.map(({ text, reason }) =>
      toEntry('decision', reason === undefined ? text : `${text} (${reason})`),
    ),
    ...memory.links.map((link) => ({
      ...toEntry('link', `${link.stageId}: ${link.text}`),
      isLinked: link.stageId === readerId,
    })),
  ];
}

/** What is verified is no longer true, and notes are for the reader of the day. */
function isWorthTelling({ status, finding }: TrackedFinding): boolean {
  return status !== 'verified' && finding.severity !== 'note';
}

function describeFinding({ finding, status, reason }: TrackedFinding): string {
  const why = reason === undefined ? '' : `: ${reason}`;
  return `${placeOf(finding)}${finding.description} [${finding.severity}, ${status}${why}]`;
}

function placeOf({ file, line }: Finding): string {
  if (file === undefined) return '';
  return line === undefined ? `${file}: ` : `${file}:${String(line)}: `;
}
