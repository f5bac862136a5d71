import {
  type CommitPlan,
  emptyHead,
  type LlmRequest,
  MemoryJournal,
  type RunContext,
  type WritePlan,
} from '@jarvis/core';
import { FakeGitRepository, MemoryWorkspace, ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import type { RunRecord } from '@jarvis/loops';

type Sealed = Awaited<ReturnType<MemoryJournal['read']>>;

/** A journal as it was when a process died, and what the project was like before the run. */
export interface CutJournal {
  readonly journal: MemoryJournal;
  /** The records that had reached the disk. */
  readonly records: readonly RunRecord[];
  /** The same, as they are stored. */
  readonly kept: Sealed;
  readonly files: Readonly<Record<string, string>>;
}

/** How many answers are on record: none of these questions may be asked again. */
export function countAnswers(records: readonly RunRecord[]): number {
  return records.filter(({ type, data }) => type === 'step.finished' && data.name.startsWith('model.'))
    .length;
}

export interface ReplayedWorld {
  readonly journal: MemoryJournal;
  readonly workspace: MemoryWorkspace;
  readonly llm: ScriptedLlmClient;
  readonly context: RunContext;
}

/** The world as it was when the journal ended: files and commits of the effects that were over. */
export async function replayWorld(
  { journal: source, records, kept, files }: CutJournal,
  answer: (request: LlmRequest) => string,
): Promise<ReplayedWorld> {
  const contents = await readContents(source, kept);
  const journal = new MemoryJournal();
  const runId = records[0]?.runId ?? '';
  const lease = await journal.acquire(`run:${runId}`);
  const blobs = [...contents].map(([hash, content]) => ({ hash, content }));
  await journal.append({ runId, lease, previousHash: emptyHead(runId).hash, records: kept, blobs });
  await journal.release(lease);

  const workspace = new MemoryWorkspace({ files });
  const git = new FakeGitRepository();
  await repeatEffects(records, {
    workspace,
    git,
    contentOf: (hash) => Promise.resolve(contents.get(hash) ?? ''),
  });
  const llm = new ScriptedLlmClient(answer);
  return { journal, workspace, llm, context: testRunContext({ journal, workspace, llm, git }) };
}

/** The texts the records name by hash, and those named in these. */
async function readContents(journal: MemoryJournal, kept: Sealed): Promise<ReadonlyMap<string, string>> {
  const contents = new Map<string, string>();
  const wanted = hashesIn(JSON.stringify(kept));
  for (const hash of wanted) {
    const content = await journal.readBlob(hash);
    if (content === undefined || contents.has(hash)) continue;
    contents.set(hash, content);
    wanted.push(...hashesIn(content));
  }
  return contents;
}

function hashesIn(text: string): string[] {
  return [...new Set(text.match(/[0-9a-f]{64}/gu) ?? [])];
}

interface Effects {
  readonly workspace: MemoryWorkspace;
  readonly git: FakeGitRepository;
  readonly contentOf: (hash: string) => Promise<string>;
}

/** Brings files and repository to where the finished effects of the records left them. */
async function repeatEffects(
  records: readonly RunRecord[],
  { workspace, git, contentOf }: Effects,
): Promise<void> {
  const started = new Map<string, unknown>();
  for (const record of records) {
    if (record.type === 'step.started') started.set(record.data.stepId, record.data.intent);
    if (record.type !== 'step.finished') continue;
    const intent = started.get(record.data.stepId);
    if (record.data.name === 'workspace.apply') await workspace.apply(intent as WritePlan, contentOf);
    if (record.data.name === 'git.commit') await git.commit(intent as CommitPlan, contentOf);
  }
}
