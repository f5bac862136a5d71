/** The right to work on something, given to one holder at a time. */
export interface Lease {
  /** `run:<run id>` or `workspace:<real path>`. */
  readonly resource: string;
  /** Grows with every new holder; what an older holder still tries to write is refused. */
  readonly epoch: number;
}

/** Who has a lease, as a look from outside finds it; see `Journal.findHolder`. */
export interface LeaseHolder {
  /** For people: `process 4711 on bakery`. */
  readonly owner: string;
  /** Whether its process runs; `unknown` where that cannot be seen from here, as on another machine. */
  readonly process: 'alive' | 'dead' | 'unknown';
  /**
   * Until when its last sign of life counts, in milliseconds since 1970 UTC; infinite where leases do not lapse. It
   * keeps the lease after that until somebody acquires it.
   */
  readonly heldUntilMs: number;
  /** Whether acquiring would take the lease from it now. */
  readonly mayBeTakenOver: boolean;
}
