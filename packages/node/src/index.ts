// everything together
export { nodeRunContext } from './node-run-context.ts';
export type { NodeRunContext, NodeRunContextOptions } from './node-run-context.ts';
export type { RecordingOptions } from './recording/recording-client.ts';
export { findRunJournal } from './find-run-journal.ts';
export { readPromptFile } from './prompts/read-prompt-file.ts';
export type { PromptFile } from './prompts/read-prompt-file.ts';

// trust in a project's configuration
export { inspectProjectTrust, removeProjectTrust, trustProject } from './config/inspect-trust.ts';
export type { ProjectTrust, ProjectTrustOptions, TrustedValue } from './config/inspect-trust.ts';
export type { TrustVerdict } from './config/project-trust.ts';

// the environment
export { readEnvironment } from './config/read-environment.ts';
export type { Environment } from './config/read-environment.ts';
export { findStateDirectory } from './config/state-directory.ts';
export type { FindStateDirectoryOptions } from './config/state-directory.ts';
export { systemClock } from './context/system-clock.ts';
