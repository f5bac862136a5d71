/** One thing that must hold for the whole repository. */
export interface Check {
  /** What is looked at, in a few words. */
  readonly name: string;
  /** Looks; gives one text for each problem, and none when all is well. */
  run(): Promise<readonly string[]>;
}
