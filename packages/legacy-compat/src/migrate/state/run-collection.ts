import { addDocument, addMoments } from './add-document.ts';
import { addNotes } from './add-notes.ts';
import { compareSums } from './compare-sums.ts';
import { findLoggedRun, isUnnamedEnd } from './find-logged-run.ts';
import { fitRun } from './fit-run.ts';
import { MOST_RUNS } from './limits.ts';
import { restoreRoadmap } from './lost-roadmap.ts';
import { namesOtherMachine } from './names-other-machine.ts';
import { emptyRun, type OldCall, type OldRun } from './old-run.ts';
import { readCall } from './read-call.ts';
import type { StateFile } from './state-file.ts';

/** A document, and the file it was read from. */
export interface Told {
  readonly file: StateFile;
  readonly document: Readonly<Record<string, unknown>>;
}

/** The shape of checkpoints that is understood. */
const CHECKPOINT_MAJOR = '1';

const OTHER_MACHINE = 'it names paths of another machine; nothing was looked for there';

/** The runs of an old tree, put together while its files are read. */
export class RunCollection {
  readonly #nowMs: number;
  readonly #runs = new Map<string, OldRun>();
  /** Apart from their runs: a log may have very many. */
  readonly #calls = new Map<string, OldCall[]>();
  readonly #unnamed: Told[] = [];
  /** How many runs without a name of their own each file has told of. */
  readonly #ownRuns = new Map<string, number>();
  #leftOut = 0;

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  /** Adds a document to its run, or tells why not. */
  add(told: Told): readonly string[] {
    const { file, document } = told;
    if (isUnnamedEnd(file, document)) {
      this.#unnamed.push(told);
      return [];
    }
    const version = document['checkpoint_version'];
    if (file.kind === 'checkpoint' && version !== undefined && !isKnownCheckpoint(version)) {
      return [`${file.path}: its version ${describeVersion(version)} is not known; it was left out`];
    }
    const named = document['run_id'];
    const isNamed = typeof named === 'string' && named !== '';
    this.#put(told, file.runId ?? (isNamed ? named : `unnamed ${file.path}`));
    return [];
  }

  /** All the runs, when every file is read, and what had to be left out. */
  finish(): { readonly runs: readonly OldRun[]; readonly problems: readonly string[] } {
    for (const told of this.#unnamed.splice(0)) this.#putUnnamed(told);
    const runs = [...this.#runs.values()].map((run) =>
      compareSums(fitRun(restoreRoadmap({ ...run, calls: this.#calls.get(run.oldId) ?? [] }))),
    );
    const left = String(this.#leftOut);
    const most = String(MOST_RUNS);
    return {
      runs,
      problems:
        this.#leftOut === 0
          ? []
          : [`the files tell of more than ${most} runs; ${left} documents of the others were left out`],
    };
  }

  #put({ file, document }: Told, oldId: string): void {
    const before = this.#runs.get(oldId) ?? emptyRun(oldId);
    if (!this.#runs.has(oldId) && this.#runs.size >= MOST_RUNS) {
      this.#leftOut += 1;
      return;
    }
    const paid = file.kind === 'cost-log' ? readCall(document, this.#nowMs) : undefined;
    const after =
      paid === undefined
        ? addDocument(before, file.kind, { document, nowMs: this.#nowMs })
        : addNotes(addMoments(before, document, this.#nowMs), paid.notes);
    if (paid !== undefined) this.#pushCall(oldId, paid.call);
    const sources = after.sources.includes(file.path) ? after.sources : [...after.sources, file.path];
    const documents = after.documents + 1;
    const isForeign = !after.notes.includes(OTHER_MACHINE) && namesOtherMachine(document);
    this.#runs.set(oldId, addNotes({ ...after, sources, documents }, isForeign ? [OTHER_MACHINE] : []));
  }

  #pushCall(oldId: string, call: OldCall): void {
    const calls = this.#calls.get(oldId);
    if (calls === undefined) this.#calls.set(oldId, [call]);
    else calls.push(call);
  }

  #putUnnamed(told: Told): void {
    const { file, document } = told;
    const known = findLoggedRun(this.#runs.values(), file, document)?.oldId;
    this.#put(told, known ?? this.#nameOwn(file.path));
  }

  #nameOwn(path: string): string {
    const name = `unnamed ${path}`;
    const before = this.#ownRuns.get(path) ?? (this.#runs.has(name) ? 1 : 0);
    this.#ownRuns.set(path, before + 1);
    return before === 0 ? name : `${name} ${String(before + 1)}`;
  }
}

function isKnownCheckpoint(version: unknown): boolean {
  const isWord = typeof version === 'string' || typeof version === 'number';
  return isWord && String(version).split('.', 1)[0] === CHECKPOINT_MAJOR;
}

function describeVersion(version: unknown): string {
  const isWord = typeof version === 'string' || typeof version === 'number';
  return isWord ? JSON.stringify(version) : 'of an unexpected shape';
}
