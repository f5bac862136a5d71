import { renderEstimate, type RunPreview } from '@jarvis/loops';

import { escapeForTerminal } from './escape-for-terminal.ts';
import { renderUncommitted } from './render-uncommitted.ts';
import { renderCap } from './terminal-reporter.ts';

/** What a run would begin with, for people. */
export function renderPreview(preview: RunPreview, notes: readonly string[]): string {
  const { mode, workspace, isSimulated, config, models, checks, estimate } = preview;
  const lines = [
    'Nothing was started, paid or written.',
    `mode: ${mode}`,
    `folder: ${workspace}`,
    ...(isSimulated ? ['simulated: no model would be used'] : []),
    `cost cap: ${renderCap(config.costs?.capUsd ?? 'unlimited')}`,
    'models of the first round:',
    ...models.map(
      ({ role, purpose, model, because, origin }) =>
        `  ${purpose} by the ${role}: ${model} (${because} Rule of the ${origin}.)`,
    ),
    `commits: ${renderCommits(preview.commits)}`,
    `checks: ${checks.length === 0 ? 'none' : checks.join(', ')}`,
    estimate === undefined
      ? 'No estimate: the price of a model is not known.'
      : renderEstimate(estimate).trimEnd(),
    ...renderUncommitted(preview, '<run>'),
    ...notes,
  ];
  return `${lines.map(escapeForTerminal).join('\n')}\n`;
}

function renderCommits(commits: RunPreview['commits']): string {
  switch (commits.type) {
    case 'on':
      return `each round, on ${commits.branch}`;
    case 'init':
      return 'each round, in a repository that would be made';
    case 'off':
      return `none: ${commits.reason}`;
  }
}
