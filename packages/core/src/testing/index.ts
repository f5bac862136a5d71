// the whole context
export { testRunContext } from './test-run-context.ts';

// time, names, notes
export { CountingIds } from './counting-ids.ts';
export { FixedClock } from './fixed-clock.ts';
export type { FixedClockOptions } from './fixed-clock.ts';
export { RecordingLogger } from './recording-logger.ts';
export type { LogEntry } from './recording-logger.ts';

// model calls
export { plainReplyParser } from './plain-reply-parser.ts';
export { ScriptedLlmClient, UnexpectedRequestError } from './scripted-llm-client.ts';
export type { ScriptedAnswer, ScriptedReply, ScriptFunction } from './scripted-llm-client.ts';

// files, git, secrets, pages
export { FakeGitRepository } from './fake-git-repository.ts';
export type { FakeGitRepositoryOptions, StoredCommit } from './fake-git-repository.ts';
export { MarkerSecretScanner } from './marker-secret-scanner.ts';
export { MemoryWorkspace } from './memory-workspace.ts';
export type { MemoryWorkspaceOptions } from './memory-workspace.ts';
export { plainPageReader } from './plain-page-reader.ts';

// crashes
export { CrashingCrashPoint, SimulatedCrash } from './crashing-crash-point.ts';
export type { PlannedCrash } from './crashing-crash-point.ts';
export { withCrash } from './with-crash.ts';
