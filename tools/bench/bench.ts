/** Something whose speed is measured. */
export interface Bench {
  /** What it is called on the command line. */
  readonly name: string;
  /** What it measures, for the usage. */
  readonly summary: string;
  /** Measures, and tells what came out, one line each. */
  readonly run: () => Promise<readonly string[]>;
}
