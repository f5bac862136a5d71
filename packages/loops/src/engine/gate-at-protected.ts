import {
  describeRefusal,
  type FileChange,
  findInstallScriptProblems,
  findWriteProblems,
  type Gate,
  gateStatus,
  hasInstallScripts,
  refusePath,
} from '@jarvis/core';

import { moveOf, readListing } from '../actions/action-scope.ts';
import type { Contents } from './contents.ts';
import { commonFacts, type GateQuestion } from './gate-question.ts';
import type { Round, RunState } from './run-state.ts';
import { describeProtectedUncommitted, listProtectedUncommitted } from './uncommitted.ts';

/** A change that tools obey without anyone looking, and why it is refused when nobody is asked. */
interface ProtectedChange {
  readonly path: string;
  /** `null`: the file shall be gone. */
  readonly content: string | null;
  readonly why: string;
}

/** What is asked before an answer is written that touches protected files; nothing about any other answer. */
export async function askAboutProtected(
  round: Round,
  state: RunState,
  contents: Contents,
): Promise<readonly GateQuestion[]> {
  const { number, work } = round;
  if (work === undefined || work.problems !== undefined) return [];
  const changes = await loadChanges(round, contents);
  const uncommitted = listProtectedUncommitted(state, round).map((path) => ({
    path,
    content: changes.find((change) => change.path === path)?.content ?? null,
    why: describeProtectedUncommitted(path),
  }));
  const found = [...(await findProtected(round, changes, contents)), ...uncommitted];
  const allowed = changes.map((change): FileChange => ({ ...change, isAllowed: true }));
  // What is refused in any case is not worth anybody's time.
  if (found.length === 0 || findWriteProblems(allowed).length > 0) return [];

  const shown = {
    round: number,
    summary: work.summary,
    protected: found,
    files: work.files.map(({ path }) => path),
  };
  const facts = {
    ...commonFacts(state),
    round: number,
    files: work.files.length,
    protectedFiles: new Set(found.map(({ path }) => path)).size,
  };
  const name = `protected-${String(number)}`;
  const subject = { ...shown, files: work.files };
  return [{ place: 'protected-files', name, subject, shown, facts, survivesNo: true }];
}

/** The changes of an answer, with their contents. */
export function loadChanges(
  { work }: Pick<Round, 'work'>,
  { read }: Pick<Contents, 'read'>,
): Promise<readonly FileChange[]> {
  return Promise.all(
    (work?.files ?? []).map(async (file) => ({
      path: file.path,
      content: 'hash' in file ? await read(file.hash) : null,
      ...moveOf(file),
    })),
  );
}

async function findProtected(
  { work }: Round,
  changes: readonly FileChange[],
  contents: Contents,
): Promise<readonly ProtectedChange[]> {
  const shown = work === undefined ? [] : await readListing({ contents }, work.base);
  const hashes = new Map(shown.map(({ path, hash }) => [path, hash]));
  const found = changes.map(async ({ path, content }) => {
    const reasons = refusePath(path) === 'protected' ? [describeRefusal(path, 'protected')] : [];
    if (content !== null && hasInstallScripts(path)) {
      const hash = hashes.get(path);
      const before = hash === undefined ? undefined : await contents.read(hash);
      reasons.push(...findInstallScriptProblems({ path, content }, before));
    }
    return reasons.map((why) => ({ path, content, why }));
  });
  return (await Promise.all(found)).flat();
}

/** What people have said about the protected files of a round; `unasked` when no rule asks. */
export function verdictOnProtected(
  { gates }: Pick<RunState, 'gates'>,
  round: number,
): { readonly type: 'unasked' | 'allowed' } | { readonly type: 'refused'; readonly why: string } {
  const asked = gates.filter(({ id }) => id.startsWith(`protected-${String(round)}-`));
  const refused = asked.flatMap(findNo)[0];
  if (refused !== undefined) {
    const why = refused.reason === undefined ? '' : `: ${refused.reason}`;
    return { type: 'refused', why: `${refused.by} has looked at it and does not allow it${why}` };
  }
  const isAllowed = asked.length > 0 && latest(asked).every((gate) => gateStatus(gate) === 'approved');
  return { type: isAllowed ? 'allowed' : 'unasked' };
}

function findNo({ decisions }: Gate) {
  return decisions.filter(({ verdict }) => verdict === 'reject');
}

/** Of gates that were asked again the last. */
function latest(gates: readonly Gate[]): readonly Gate[] {
  return [...new Map(gates.map((gate) => [gate.id.slice(0, gate.id.lastIndexOf('.')), gate])).values()];
}
