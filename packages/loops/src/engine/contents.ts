import { type Journal, JournalDamagedError, type RunRecorder } from '@jarvis/core';

/** Texts by their hash. What is kept reaches the disk with the next record that must. */
export class Contents {
  readonly #runId: string;
  readonly #journal: Journal;
  readonly #recorder: RunRecorder;

  constructor({ runId, journal, recorder }: { runId: string; journal: Journal; recorder: RunRecorder }) {
    this.#runId = runId;
    this.#journal = journal;
    this.#recorder = recorder;
  }

  /** Keeps a text for later readers and returns its hash. */
  readonly keep = (content: string): string => this.#recorder.keep(content);

  /**
   * The text with that hash.
   *
   * @throws {@link JournalDamagedError} when it was recorded but is not stored.
   */
  readonly read = async (hash: string): Promise<string> => {
    const content = this.#recorder.findKept(hash) ?? (await this.#journal.readBlob(hash));
    if (content === undefined) {
      throw new JournalDamagedError({
        runId: this.#runId,
        seq: 0,
        problem: `the content ${hash} it names is missing`,
      });
    }
    return content;
  };
}
