export { openGitRepository } from './simple-git-repository.ts';
export type { GitRepositoryOptions, NodeGitRepository } from './simple-git-repository.ts';
export type { GitEnvironment } from './git-call.ts';
export { GitLockedError } from './errors.ts';
