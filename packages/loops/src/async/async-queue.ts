/** Values pushed on one side and awaited, in order, on the other. For one reader. */
export class AsyncQueue<Value> {
  readonly #values: Value[] = [];
  #isEnded = false;
  #wake: (() => void) | undefined;

  push(value: Value): void {
    this.#values.push(value);
    this.#wake?.();
  }

  /** No value follows; the reader ends after the ones that are waiting. */
  end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  async *read(): AsyncGenerator<Value, void> {
    for (;;) {
      const value = this.#values.shift();
      if (value !== undefined) yield value;
      else if (this.#isEnded) return;
      else await this.#waitForMore();
    }
  }

  #waitForMore(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
    });
  }
}
