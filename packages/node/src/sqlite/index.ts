export { findRun } from './find-run.ts';
export type { FindRunOptions } from './find-run.ts';
export { openSqliteJournal } from './sqlite-journal.ts';
export type { SqliteJournalOptions } from './sqlite-journal.ts';
export { readProcessIdentity } from '../context/process-identity.ts';
export type { ProcessIdentity } from '../context/process-identity.ts';
export {
  ContentDamagedError,
  JournalBusyError,
  JournalClosedError,
  JournalNoSpaceError,
  JournalTooNewError,
  JournalUnavailableError,
  JournalUnreadableError,
  SqliteTooOldError,
} from './errors.ts';
