import { visibleText } from '../project/visible-text.ts';
import type { WrittenBridge } from './write-bridge.ts';

/** What was written, for people. */
export function renderBridge({ root: folder, snapshotId, written, same }: WrittenBridge): string {
  const root = visibleText(folder);
  if (written.length === 0)
    return `The Python modules in ${root} are as they should be; nothing was written.\n`;
  const list = written.map((path) => `    ${path}`);
  const lines =
    snapshotId === undefined
      ? [`would be written in ${root}:`, ...list]
      : [
          `written in ${root}:`,
          ...list,
          `They start the command jarvis, or the one JARVIS_COMMAND names. To go back: jarvis migrate rollback ${snapshotId}`,
        ];
  return `${[...lines, ...(same.length === 0 ? [] : [`${String(same.length)} were there already`])].join('\n')}\n`;
}
