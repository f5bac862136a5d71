import { type Journal, JournalDamagedError, type RunRecorder } from '@jarvis/core';

/**
 * Texts by their hash. What is kept is stored with the next record on disk; until then, and for as long as the
 * action lasts, it is read from here.
 */
export class Contents {
  readonly #runId: string;
  readonly #journal: Journal;
  readonly #recorder: RunRecorder;
  readonly #kept = new Map<string, string>();

  constructor({ runId, journal, recorder }: { runId: string; journal: Journal; recorder: RunRecorder }) {
    this.#runId = runId;
    this.#journal = journal;
    this.#recorder = recorder;
  }

  /** Keeps a text for later readers and returns its hash. */
  readonly keep = (content: string): string => {
    const hash = this.#recorder.keep(content);
    this.#kept.set(hash, content);
    return hash;
  };

  /**
   * The text with that hash.
   *
   * @throws {@link JournalDamagedError} when it was recorded but is not stored.
   */
  readonly read = async (hash: string): Promise<string> => {
    const content = this.#kept.get(hash) ?? (await this.#journal.readBlob(hash));
    if (content === undefined) {
      throw new JournalDamagedError({ runId: this.#runId, seq: 0, problem: `the content ${hash} it names is missing` });
    }
    return content;
  };
}
