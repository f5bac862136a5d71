import type { SecretFinding, SecretScanner } from '../secrets/secret-scanner.ts';

/** A scanner to which a line is a secret when it holds one of the given markers. */
export class MarkerSecretScanner implements SecretScanner {
  readonly #markers: readonly string[];

  constructor(markers: readonly string[] = ['not-a-real-secret']) {
    this.#markers = markers;
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
}
