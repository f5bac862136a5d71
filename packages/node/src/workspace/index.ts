export { openNodeWorkspace } from './node-workspace.ts';
export type { NodeWorkspaceOptions } from './node-workspace.ts';
export type { Disk } from './disk.ts';
export { WorkspaceDiskError, WorkspaceNoSpaceError, WorkspaceWriteDeniedError } from './errors.ts';
