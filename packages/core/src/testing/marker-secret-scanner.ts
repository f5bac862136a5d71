import type { SecretFinding, SecretScanner } from '../secrets/secret-scanner.ts';

/** A scanner to which a line is a secret when it holds one of the given markers, and a text when one of the values. */
export class MarkerSecretScanner implements SecretScanner {
  readonly #markers: readonly string[];
  readonly #known: readonly string[];

  constructor(markers: readonly string[] = ['not-a-real-secret'], known: readonly string[] = []) {
    this.#markers = markers;
    this.#known = known;
  }

  async scan(files: Parameters<SecretScanner['scan']>[0]): Promise<readonly SecretFinding[]> {
    return files.flatMap(({ path, content }) =>
      content
        .split('\n')
        .flatMap((text, index) =>
          this.#markers.some((marker) => text.includes(marker))
            ? [{ path, line: index + 1, rule: 'marker' }]
            : [],
        ),
    );
  }

  holdsKnownSecret(text: string): boolean {
    return this.#known.some((value) => text.includes(value));
  }
}
