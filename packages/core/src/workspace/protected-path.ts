/** Folders whose files a tool runs or obeys: continuous integration, editors, coding agents, git hooks. */
const FOLDERS: readonly string[] = [
  '.github/workflows',
  '.github/actions',
  '.circleci',
  '.buildkite',
  '.gitea',
  '.forgejo',
  '.vscode',
  '.idea',
  '.devcontainer',
  '.cursor',
  '.claude',
  '.husky',
  '.githooks',
];

/** Files that do the same, in whichever folder they stand. */
const FILES: readonly string[] = [
  '.gitlab-ci.yml',
  '.travis.yml',
  'azure-pipelines.yml',
  'bitbucket-pipelines.yml',
  'jenkinsfile',
  '.gitattributes',
  '.pre-commit-config.yaml',
  'lefthook.yml',
  'lefthook.yaml',
  '.lefthook.yml',
  '.lefthook.yaml',
  '.yarnrc',
  '.yarnrc.yml',
  '.pnpmfile.cjs',
  'pnpm-workspace.yaml',
  'agents.md',
  'claude.md',
  '.cursorrules',
];

/**
 * Tells whether a file belongs to those that other tools run or obey unasked. Writing one would be a way to have
 * something executed, so a person decides about it.
 *
 * @param folded the path, folded as by `foldPath`
 */
export function isProtectedPath(folded: string): boolean {
  const path = `/${folded}/`;
  return (
    FILES.some((file) => path.endsWith(`/${file}/`)) || FOLDERS.some((folder) => path.includes(`/${folder}/`))
  );
}
