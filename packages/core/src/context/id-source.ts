/** Where fresh names come from. Everything else is named by hashing what it belongs to. */
export interface IdSource {
  /** A new run id: unique on this machine, sortable by time. */
  newRunId(): string;
}
