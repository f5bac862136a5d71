// errors
export { hasErrorCode, isJarvisError, JarvisError } from './errors/jarvis-error.ts';
export type { JarvisErrorOptions } from './errors/jarvis-error.ts';
export { serializeError } from './errors/serialize-error.ts';
export type { SerializedError } from './errors/serialize-error.ts';

// vocabulary
export { agentRoleSchema } from './vocabulary/agent-role.ts';
export type { AgentRole } from './vocabulary/agent-role.ts';
export { findingSchema, findingSeveritySchema } from './vocabulary/finding.ts';
export type { Finding, FindingSeverity } from './vocabulary/finding.ts';
export { isValidId } from './vocabulary/ids.ts';
export { runStatusSchema } from './vocabulary/run-outcome.ts';
export type { RunStatus } from './vocabulary/run-outcome.ts';
export { stageBriefSchema } from './vocabulary/stage-brief.ts';
export type { StageBrief } from './vocabulary/stage-brief.ts';
