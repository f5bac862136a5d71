/**
 * Named places where a test may end the process, to prove that a resume repairs what was left.
 * In production it does nothing.
 */
export interface CrashPoint {
  /** Called when the run passes the place; a test's implementation may not return. */
  reach(place: CrashPlace): void;
}

/** Every place the engine and its adapters announce, in the order one round passes them. */
export const crashPlaces = [
  'run.accepted',
  'model.before-reservation',
  'model.reserved',
  'model.answered',
  'model.settled',
  'apply.intended',
  'apply.temp-written',
  'apply.file-written',
  'apply.done',
  'apply.recorded',
  'commit.intended',
  'commit.tree-written',
  'commit.object-built',
  'commit.ref-moved',
  'commit.index-locked',
  'commit.index-advanced',
  'commit.recorded',
  'action.closed',
  'change.followed',
  'run.before-end',
  'run.ended',
] as const;

export type CrashPlace = (typeof crashPlaces)[number];

/** The crash point of production: every place is passed. */
export const noCrashPoint: CrashPoint = { reach: () => undefined };
