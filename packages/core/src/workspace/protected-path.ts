import { endsWithPlace, liesInPlace, toPlaceList } from './place-list.ts';

/** Folders whose files a tool runs or obeys: continuous integration, editors, coding agents, git hooks. */
const FOLDERS = toPlaceList([
  '.github/workflows',
  '.github/actions',
  '.github/instructions',
  '.github/prompts',
  '.github/agents',
  '.github/chatmodes',
  '.circleci',
  '.buildkite',
  '.gitea',
  '.forgejo',
  '.woodpecker',
  '.vscode',
  '.idea',
  '.zed',
  '.fleet',
  '.nvim',
  '.devcontainer',
  '.cursor',
  '.windsurf',
  '.claude',
  '.codex',
  '.gemini',
  '.continue',
  '.clinerules',
  '.roo',
  '.husky',
  '.githooks',
  '.lefthook',
  '.yarn',
  '.cargo',
]);

/** Files that do the same, in whichever folder they stand. */
const FILES = toPlaceList([
  '.gitlab-ci.yml',
  '.travis.yml',
  '.drone.yml',
  '.woodpecker.yml',
  '.woodpecker.yaml',
  '.cirrus.yml',
  '.appveyor.yml',
  'appveyor.yml',
  'azure-pipelines.yml',
  'bitbucket-pipelines.yml',
  'jenkinsfile',
  '.gitattributes',
  '.gitconfig',
  '.pre-commit-config.yaml',
  '.pre-commit-config.yml',
  '.pre-commit-hooks.yaml',
  '.pre-commit-hooks.yml',
  '.overcommit.yml',
  // Yarn and pnpm; npm's own file may hold a token and is refused as a secret.
  '.yarnrc',
  '.yarnrc.yml',
  '.pnpmfile.cjs',
  '.pnpmfile.mjs',
  'pnpm-workspace.yaml',
  'bunfig.toml',
  // What pnpm takes in place of a package.json, whose scripts are looked at one by one.
  'package.yaml',
  'package.json5',
  // npm compiles a package that has one, without any script.
  'binding.gyp',
  'pip.conf',
  '.vimrc',
  '.exrc',
  '.nvimrc',
  '.nvim.lua',
  '.lvimrc',
  '.dir-locals.el',
  'agents.md',
  'agents.override.md',
  'agent.md',
  'claude.md',
  'claude.local.md',
  'gemini.md',
  '.github/copilot-instructions.md',
  '.mcp.json',
  '.cursorrules',
  '.windsurfrules',
  '.roorules',
  '.goosehints',
  '.aider.conf.yml',
  '.aider.conf.yaml',
]);

/** Tools that read one of several kinds of file. */
const FILE = /^(?:\.?lefthook(?:-local)?|\.?simple-git-hooks|\.huskyrc)(?:\.[a-z]{2,4})?$/u;

/**
 * Tells whether a file belongs to those that other tools run or obey unasked. Writing one would be a way to have
 * something executed, so a person decides about it.
 *
 * @param folded the path, folded as by `foldPath`
 */
export function isProtectedPath(folded: string): boolean {
  const components = folded.split('/');
  const name = folded.slice(folded.lastIndexOf('/') + 1);
  return endsWithPlace(FILES, components) || liesInPlace(FOLDERS, components) || FILE.test(name);
}
