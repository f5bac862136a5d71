/** Finds the messages of a thread without looking at those of others. */
export class ThreadIndex<Indexed extends { readonly threadId: string }> {
  readonly #threads = new Map<string, Indexed[]>();

  add(message: Indexed): void {
    const thread = this.#threads.get(message.threadId);
    if (thread === undefined) this.#threads.set(message.threadId, [message]);
    else thread.push(message);
  }

  list(threadId: string): readonly Indexed[] {
    return [...(this.#threads.get(threadId) ?? [])];
  }
}
