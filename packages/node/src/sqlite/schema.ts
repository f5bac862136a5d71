/** "JRVS": tells a journal from any other SQLite database. */
export const APPLICATION_ID = 0x4a52_5653;

/** The version of the layout below. A release that changes it brings the step from the version before. */
export const SCHEMA_VERSION = 2;

/**
 * The first layout of a journal. The hash that ties a record to the one before it is part of the record; `runs` keeps the
 * order in which runs began; a lease stays after its release, so that its epoch never starts again.
 */
const VERSION_1 = `
  create table runs (
    ordinal integer primary key,
    run_id text not null unique
  ) strict;

  create table records (
    run_id text not null,
    seq integer not null,
    body text not null,
    hash text not null,
    primary key (run_id, seq)
  ) strict;

  create table blobs (
    hash text primary key,
    content blob not null
  ) strict;

  create table leases (
    resource text primary key,
    epoch integer not null,
    owner text not null,
    beat_monotonic_ms real not null,
    beat_wall_ms real not null,
    released integer not null
  ) strict;
`;

/**
 * What version 2 adds. An entry of an inbox stays after it was taken, so that it is known when it is posted again.
 * A content that is used and not in `blobs` is a file of its own.
 */
export const VERSION_2 = `
  create table inbox (
    ordinal integer primary key,
    run_id text not null,
    id text not null,
    body text not null,
    at_ms real not null,
    is_taken integer not null default 0,
    unique (run_id, id)
  ) strict;

  create table blob_uses (
    hash text not null,
    run_id text not null,
    primary key (hash, run_id)
  ) strict, without rowid;

  create index blob_uses_of_run on blob_uses (run_id);
`;

/** The layout of a journal that is made by this release. */
export const SCHEMA = `
  ${VERSION_1}
  ${VERSION_2}
  pragma application_id = ${String(APPLICATION_ID)};
  pragma user_version = ${String(SCHEMA_VERSION)};
`;
