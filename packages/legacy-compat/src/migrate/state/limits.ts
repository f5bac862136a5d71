/** So many of each thing a run may have: far more than the predecessor ever made, and few enough to be shown. */
export const MOST_STAGES = 100;
export const MOST_ROUNDS = 1_000;
export const MOST_MEMORIES = 1_000;
export const MOST_NOTES = 50;
export const MOST_PROJECTS = 100;
export const MOST_WRITTEN = 1_000;

/** For each stage. */
export const MOST_FINDINGS = 1_000;

/** For each tree. */
export const MOST_RUNS = 10_000;

/** So many damaged lines of one file are named; the others are counted. */
export const MOST_NAMED_LINES = 20;

/** In bytes. */
export const LARGEST_FILE = 64 * 1024 * 1024;

/** Above it the number of a round means nothing. */
export const LAST_ROUND = 1_000_000;

/** In US dollars: no call, and no role of a run, has ever cost more. */
export const HIGHEST_PRICE = 1_000_000;
