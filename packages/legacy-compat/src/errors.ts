import { JarvisError } from '@jarvis/core';

import { visibleText } from './migrate/project/visible-text.ts';

/** A file that is not a configuration of the predecessor; all its problems at once, one line each. */
export class LegacyConfigError extends JarvisError<'JARVIS_LEGACY_CONFIG'> {
  readonly code = 'JARVIS_LEGACY_CONFIG';
  readonly problems: readonly string[];

  /** @param facts `problem`: one, or a list; each begins with the file and the key, as far as they are known. */
  constructor({ problem, cause }: { problem: string | readonly string[]; cause?: unknown }) {
    const problems = typeof problem === 'string' ? [problem] : problem;
    const told = problems.length === 1 ? ` ${problems.join('')}. ` : `\n${problems.join('\n')}\n`;
    super(
      `This is not a project_config.json:${told}Nothing was changed. ` +
        'Give the file of the old project, as in: jarvis migrate config ../old-jarvis/project_config.json',
      { cause },
    );
    this.problems = problems;
  }
}

/** A folder that is no tree of the predecessor, or cannot be worked on. */
export class LegacyTreeError extends JarvisError<'JARVIS_LEGACY_TREE'> {
  readonly code = 'JARVIS_LEGACY_TREE';

  /** @param facts `advice` says what to do, and what was changed already; by default nothing was. */
  constructor({ problem, advice, cause }: { problem: string; advice?: string; cause?: unknown }) {
    super(
      `This tree cannot be used: ${problem}. ${advice ?? 'Nothing was changed. Give the folder of the old project, as in: jarvis migrate inspect ../old-jarvis'}`,
      { cause },
    );
  }
}

/** Files git does not hold yet, which a rewriting would be mixed with. */
export class LegacyTreeDirtyError extends JarvisError<'JARVIS_LEGACY_TREE_DIRTY'> {
  readonly code = 'JARVIS_LEGACY_TREE_DIRTY';
  readonly paths: readonly string[];

  constructor({ root, paths }: { root: string; paths: readonly string[] }) {
    const more = paths.length > 5 ? ` and ${String(paths.length - 5)} more` : '';
    super(
      `${visibleText(root)} has changes that are not committed: ${paths.slice(0, 5).map(visibleText).join(', ')}${more}. Nothing was changed. ` +
        'Commit or stash them, or write over them with --force.',
    );
    this.paths = paths;
  }
}

/** No snapshot has that id. */
export class LegacySnapshotNotFoundError extends JarvisError<'JARVIS_LEGACY_SNAPSHOT_NOT_FOUND'> {
  readonly code = 'JARVIS_LEGACY_SNAPSHOT_NOT_FOUND';
  readonly known: readonly string[];

  constructor({ snapshotId, known }: { snapshotId: string; known: readonly string[] }) {
    const advice =
      known.length === 0
        ? 'none was taken. Nothing was changed. Take one with: jarvis migrate snapshot <old tree>'
        : `there are ${known.slice(-5).join(', ')}. Nothing was changed. See all of them, with their folders, with: jarvis migrate rollback`;
    super(`There is no snapshot ${JSON.stringify(snapshotId.slice(0, 80))}; ${advice}`);
    this.known = known;
  }
}

interface Damage {
  /** The one that was asked for, or just taken. */
  readonly snapshotId: string;
  readonly problem: string;
  /** The files of the tree whose kept content is of no use. */
  readonly paths?: readonly string[];
  /** What to do in place of restoring the state directory. */
  readonly advice?: string;
}

/** Something in the state directory that snapshots, or the notes beside them, cannot be kept in or read from. */
export class LegacySnapshotStoreError extends JarvisError<'JARVIS_LEGACY_SNAPSHOT_STORE'> {
  readonly code = 'JARVIS_LEGACY_SNAPSHOT_STORE';
  readonly path: string;
  readonly problem: string;

  constructor({ path, problem, cause }: { path: string; problem: string; cause?: unknown }) {
    super(
      `The snapshots in the state directory cannot be used: ${visibleText(path)}: ${problem}. No file of the old tree was changed. ` +
        'Put right what is named, or choose another folder with --state-dir or JARVIS_HOME.',
      { cause },
    );
    this.path = path;
    this.problem = problem;
  }
}

/** A snapshot that does not hold what it was taken of. */
export class LegacySnapshotDamagedError extends JarvisError<'JARVIS_LEGACY_SNAPSHOT_DAMAGED'> {
  readonly code = 'JARVIS_LEGACY_SNAPSHOT_DAMAGED';
  readonly snapshotId: string;
  readonly paths: readonly string[];

  constructor({ snapshotId, problem, paths = [], advice = 'take another snapshot' }: Damage) {
    super(
      `Snapshot ${snapshotId} is damaged: ${problem}. No file of the old tree was changed. ` +
        `Restore the state directory from a backup, or ${advice}.`,
    );
    this.snapshotId = snapshotId;
    this.paths = paths;
  }
}
