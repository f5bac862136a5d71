export type { AllowedSecret } from './allowed-secret.ts';

/** A secret that was found. Its value is never carried along. */
export interface SecretFinding {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** The kind of secret, as the scanner names it. */
  readonly rule: string;
}

/** A text to be searched. */
export interface ScannedFile {
  readonly path: string;
  readonly content: string;
  /**
   * What the file said before, where that is known. Only on lines that stand there already can a comment say that
   * something is no secret: what is new was not written by a person.
   */
  readonly before?: string | undefined;
}

/** Looks for secrets in texts before they are kept, written or committed. */
export interface SecretScanner {
  /** A failure to scan is thrown and blocks what was to be written. */
  scan(files: readonly ScannedFile[]): Promise<readonly SecretFinding[]>;
  /**
   * Whether a text holds, in whatever encoding, one of the values that must never leave this process, such as the
   * key the models are called with. In contrast to {@link scan} it asks for values, not for what looks like one.
   */
  holdsKnownSecret(text: string): boolean;
}
