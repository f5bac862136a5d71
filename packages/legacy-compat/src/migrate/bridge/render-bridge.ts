import { visibleText } from '../project/visible-text.ts';
import type { WrittenBridge } from './write-bridge.ts';

/** What was written, for people. */
export function renderBridge(bridge: WrittenBridge): string {
  const { root: folder, snapshotId, written, same } = bridge;
  const root = visibleText(folder);
  if (written.length === 0) {
    const lines = [
      `The Python modules in ${root} are as they should be; nothing was written.`,
      ...elsewhere(bridge),
    ];
    return `${lines.join('\n')}\n`;
  }
  const list = written.map((path) => `    ${path}`);
  const lines =
    snapshotId === undefined
      ? [`would be written in ${root}:`, ...list]
      : [
          `written in ${root}:`,
          ...list,
          `They start the command jarvis, or the one JARVIS_COMMAND names. To go back: jarvis migrate rollback ${snapshotId}`,
        ];
  const there = same.length === 0 ? [] : [`${String(same.length)} were there already`];
  return `${[...lines, ...there, ...gone(bridge), ...elsewhere(bridge)].join('\n')}\n`;
}

/** The names nobody can import any more. */
function gone({ replaced }: WrittenBridge): readonly string[] {
  const told = replaced.flatMap(({ path, gone: names, problem }) => {
    if (problem !== undefined) return [`    ${visibleText(path)}: it could not be read (${problem})`];
    return names.length === 0 ? [] : [`    ${visibleText(path)}: ${names.map(visibleText).join(', ')}`];
  });
  return told.length === 0
    ? []
    : [
        'names of the old modules that go away (what imports them fails; jarvis migrate imports finds it):',
        ...told,
      ];
}

function elsewhere({ notReplaced }: WrittenBridge): readonly string[] {
  return notReplaced.length === 0
    ? []
    : ['not replaced, they lie elsewhere:', ...notReplaced.map((path) => `    ${visibleText(path)}`)];
}
