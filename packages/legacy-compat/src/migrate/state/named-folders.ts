import type { z } from 'zod';

import type { runShape } from './old-shapes.ts';

const SEPARATORS: readonly string[] = ['/', '\\'];
const HISTORY = '.history';

/** The folders a run worked in, as a log names them. */
export function namedFolders({
  history_folder: history,
  project_subdir: subfolder,
  project,
}: z.infer<typeof runShape>): readonly string[] {
  return [history === undefined ? undefined : withoutHistory(history), subfolder, project]
    .filter((each) => each !== undefined)
    .filter((each) => each.trim() !== '');
}

/** The folder whose `.history` is named. */
function withoutHistory(path: string): string {
  const whole = withoutSeparators(path);
  const isHistory =
    whole.endsWith(HISTORY) && SEPARATORS.includes(whole.charAt(whole.length - HISTORY.length - 1));
  return isHistory ? withoutSeparators(whole.slice(0, -HISTORY.length)) : path;
}

function withoutSeparators(path: string): string {
  let end = path.length;
  while (end > 0 && SEPARATORS.includes(path.charAt(end - 1))) end -= 1;
  return path.slice(0, end);
}
