interface Capture {
  readonly depth: number;
  readonly finish: (text: string) => void;
  text: string;
}

/** How many elements may have their text taken down at once: a label with a button in it, not a tower of buttons. */
const MOST_CAPTURES = 8;

/** Enough for a text that is cut to its limit, with characters nobody sees between. */
const MOST_CAPTURED = 2_000;

/** Takes down the text of elements that are open, each up to its end. */
export class TextCaptures {
  readonly #captures: Capture[] = [];

  /** Begins with the element that is open at a depth, and hands its text over when it is closed. */
  begin(depth: number, finish: (text: string) => void): void {
    if (this.#captures.length < MOST_CAPTURES) this.#captures.push({ depth, finish, text: '' });
  }

  add(data: string): void {
    if (this.#captures.length === 0) return;
    const piece = data.replace(/\s+/gu, ' ').slice(0, MOST_CAPTURED);
    for (const capture of this.#captures) {
      if (capture.text.length < MOST_CAPTURED) capture.text += piece;
    }
  }

  /** Ends with the element at a depth, if its text was taken down. */
  end(depth: number): void {
    const last = this.#captures.at(-1);
    if (last?.depth !== depth) return;
    this.#captures.pop();
    last.finish(last.text);
  }
}
