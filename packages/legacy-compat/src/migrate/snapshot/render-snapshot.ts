import { visibleText } from '../project/visible-text.ts';
import type { ListedSnapshot } from './list-snapshots.ts';
import type { Rollback } from './roll-back.ts';
import type { Snapshot } from './take-snapshot.ts';

const MOST_PATHS = 50;

/** Renders a snapshot of an old tree. */
export function renderSnapshot({ snapshotId, root, files, bytes, outside, leftOut }: Snapshot): string {
  return toText([
    `snapshot ${snapshotId}`,
    `  of ${visibleText(root)}: ${String(files)} files, ${String(bytes)} bytes, all of it read again and proved`,
    ...list('links that lead out of it (kept as links)', outside),
    ...list('not held', leftOut),
    `back to it: jarvis migrate rollback ${snapshotId}`,
  ]);
}

/** Renders the list of all snapshots, the latest first. */
export function renderSnapshots(snapshots: readonly ListedSnapshot[]): string {
  if (snapshots.length === 0)
    return 'No snapshot was taken. Take one with: jarvis migrate snapshot <old tree>\n';
  return toText([
    ...[...snapshots]
      .reverse()
      .flatMap(({ snapshotId, takenAt, root, files, usedBy }) => [
        `${snapshotId}  ${takenAt}  ${root === null ? 'damaged: the list of its files was changed or cannot be read' : visibleText(root)}`,
        ...(files === null ? [] : [`    ${String(files)} files${renderUses(usedBy)}`]),
      ]),
    'back to one: jarvis migrate rollback <id> --dry-run, then without --dry-run',
  ]);
}

function renderUses(usedBy: ListedSnapshot['usedBy']): string {
  if (usedBy.length === 0) return '';
  const uses = usedBy.map(({ by, files }) => `jarvis migrate ${by} (${String(files)} files)`);
  return `; changed right after by ${uses.join(', ')}`;
}

/** Renders a rollback. */
export function renderRollback(rollback: Rollback): string {
  const { status, root, kept, conflicts, lost, undoId, smoke } = rollback;
  return toText([
    `${headlineOf(rollback)}: ${visibleText(root)}`,
    ...listChanges(rollback),
    ...list('added since by others; it stays', kept),
    ...list('NOT brought back, the snapshot has lost it; it stays as it is', lost),
    ...list(
      status === 'refused' ? 'changed since by others' : 'changed since by others, overwritten',
      conflicts,
    ),
    ...(status === 'refused' ? ['Nothing was touched. To overwrite these too, add --force.'] : []),
    ...smoke.flatMap(({ name, isOk, paths }) => [`${isOk ? 'ok' : 'NOT OK'}: ${name}`, ...list('', paths)]),
    ...(undoId === undefined ? [] : [`to undo this: jarvis migrate rollback ${undoId} --force`]),
  ]);
}

/** What was changed, or would be. */
function listChanges({ status, withForce, ...rollback }: Rollback): readonly string[] {
  const { restored, removed, compiled } = withForce ?? rollback;
  const isDone = status === 'done';
  const then = withForce === undefined ? '' : ' with --force';
  const [restoring, removing] = [
    isDone ? 'restored' : `would be restored${then}`,
    isDone ? 'removed' : `would be removed${then}`,
  ];
  return [
    ...list(restoring, restored),
    ...list(`${removing} (a migration added it)`, removed),
    ...list(`${removing} (Python had compiled it from those)`, compiled),
  ];
}

function headlineOf({ status, restored, removed, compiled, lost }: Rollback): string {
  const changes = [restored, removed, compiled, lost].reduce((sum, { length }) => sum + length, 0);
  const isAsItWas = status !== 'refused' && changes === 0;
  return isAsItWas ? 'nothing to roll back, it is what the snapshot holds' : HEADLINE[status];
}

const HEADLINE: Readonly<Record<Rollback['status'], string>> = {
  done: 'rolled back',
  refused: 'not rolled back',
  planned: 'a rollback would do this',
};

function list(title: string, paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  const more =
    paths.length > MOST_PATHS ? [`    and ${String(paths.length - MOST_PATHS)} more (--json tells all)`] : [];
  return [
    ...(title === '' ? [] : [`  ${title}:`]),
    ...paths.slice(0, MOST_PATHS).map((path) => `    ${visibleText(path)}`),
    ...more,
  ];
}

function toText(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
