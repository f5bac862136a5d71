import { nodeRunContext, type NodeRunContext } from '@jarvis/node';

import { adaptGit } from '../providers/adapt-git.ts';
import { adaptLlm } from '../providers/adapt-llm.ts';
import { adaptLogger } from '../providers/tell-providers.ts';
import type { LegacyContext } from './legacy-context.ts';

/** The context of a project folder, with the old parts a caller has brought along in place of ours. */
export async function openLegacyContext(
  { providers, stateDirectory }: LegacyContext,
  workspace: string,
): Promise<NodeRunContext> {
  const { llm, git, logger } = providers;
  const context = await nodeRunContext({
    workspace,
    ...(stateDirectory === undefined ? {} : { stateDirectory }),
  });
  return {
    ...context,
    ...(llm === undefined ? {} : { llm: adaptLlm(llm), probeLlm: () => Promise.resolve() }),
    ...(git === undefined ? {} : { git: adaptGit(git, context.git, context.workspace.root) }),
    ...(logger === undefined ? {} : { logger: adaptLogger(logger) }),
  };
}
