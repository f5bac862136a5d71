export { gitRepositoryContract } from './git-repository-contract.ts';
export type { GitRepositoryUnderTest } from './git-repository-contract.ts';
export { journalContract } from './journal-contract.ts';
export type { JournalUnderTest } from './journal-contract.ts';
export { llmClientContract } from './llm-client-contract.ts';
export type {
  LlmClientAbilities,
  LlmClientUnderTest,
  LlmServerBehaviour,
  OpenLlmClient,
} from './llm-client-contract.ts';
export { pageReaderContract } from './page-reader-contract.ts';
export { workspaceContract } from './workspace-contract.ts';
export type { WorkspaceUnderTest } from './workspace-contract.ts';
