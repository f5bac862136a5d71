/** "JRVS": tells a journal from any other SQLite database. */
export const APPLICATION_ID = 0x4a52_5653;

/** The version of the layout below. A release that changes it brings the step from the version before. */
export const SCHEMA_VERSION = 1;

/**
 * The layout of a journal. The hash that ties a record to the one before it is part of the record; `runs` keeps the
 * order in which runs began; a lease stays after its release, so that its epoch never starts again.
 */
export const SCHEMA = `
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

  pragma application_id = ${String(APPLICATION_ID)};
  pragma user_version = ${String(SCHEMA_VERSION)};
`;
