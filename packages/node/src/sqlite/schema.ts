/** "JRVS": tells a journal from any other SQLite database. */
export const APPLICATION_ID = 0x4a52_5653;

/** The version of the layout below. A release that changes it brings the step from the version before. */
export const SCHEMA_VERSION = 2;

/** In a statement: the ordinal of the run whose id is its first parameter. */
export const RUN = '(select ordinal from runs where run_id = ?1)';

/**
 * What version 2 has instead of tables of version 1. A record's place is the ordinal of its run and its number in it,
 * so that a run's records lie together and need no other index. An entry of an inbox stays after it was taken, so that
 * it is known when it is posted again. A content that is used and not in `blobs` is a file of its own.
 */
export const CHANGED_IN_2 = `
  create table records (
    place integer primary key,
    body text not null,
    hash blob not null
  ) strict;

  create table blobs (
    hash blob not null primary key,
    content blob not null
  ) strict;

  create table inbox (
    ordinal integer primary key,
    run integer not null,
    id text not null,
    body text not null,
    at_ms real not null,
    is_taken integer not null default 0,
    unique (run, id)
  ) strict;

  create table blob_uses (
    hash blob not null,
    run integer not null,
    primary key (hash, run)
  ) strict, without rowid;

  create index blob_uses_of_run on blob_uses (run);
`;

/**
 * The layout of a journal that is made by this release. The hash that ties a record to the one before it is part of the
 * record; `runs` keeps the order in which runs began; a lease stays after its release, so that its epoch never starts
 * again.
 */
export const SCHEMA = `
  create table runs (
    ordinal integer primary key,
    run_id text not null unique
  ) strict;

  create table leases (
    resource text primary key,
    epoch integer not null,
    owner text not null,
    beat_monotonic_ms real not null,
    beat_wall_ms real not null,
    released integer not null
  ) strict;

  ${CHANGED_IN_2}
  pragma application_id = ${String(APPLICATION_ID)};
  pragma user_version = ${String(SCHEMA_VERSION)};
`;
