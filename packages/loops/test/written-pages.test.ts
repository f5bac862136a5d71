import { MemoryWorkspace, plainPageReader, ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';
import { type Dialect, JarvisOrchestrator, modernDialect, type ReviewBrief } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import { createStageTeam } from './adaptive-team.ts';
import { createTeam, PAGE, scriptTeam } from './team.ts';

const task = 'Build a page.';

describe('what the reviewer is told of pages', () => {
  it('is what is on those the run has written, and of no others', async () => {
    const workspace = new MemoryWorkspace({ files: { 'old.html': PAGE, 'notes.md': '# Old' } });
    const { jarvis, llm } = createTeam({}, { workspace, pages: plainPageReader });

    await jarvis.run({ task });

    const review = llm.requests.find(({ purpose }) => purpose === 'review');
    const told: unknown = JSON.parse(review?.messages[1]?.content ?? '{}');
    expect(told).toMatchObject({
      pages: [{ path: 'index.html', page: { headings: [{ level: 1 }] } }],
    });
  });

  it('is of five pages at the most', async () => {
    const briefs: ReviewBrief[] = [];
    const files = Array.from({ length: 7 }, (_, index) => ({ path: `${String(index)}.html`, content: PAGE }));
    const llm = new ScriptedLlmClient(scriptTeam({ work: [files] }));
    const context = testRunContext({ llm, workspace: new MemoryWorkspace(), pages: plainPageReader });

    await new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context, dialect: listening(briefs) }).run({ task });

    expect(briefs.map(({ pages }) => pages?.length)).toEqual([5]);
  });

  it('is nothing where nobody can tell', async () => {
    const briefs: ReviewBrief[] = [];
    const llm = new ScriptedLlmClient(scriptTeam());
    const { pages: _pages, ...context } = testRunContext({ llm, workspace: new MemoryWorkspace() });

    await new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context, dialect: listening(briefs) }).run({ task });

    expect(briefs).toEqual([expect.not.objectContaining({ pages: expect.anything() as unknown })]);
  });
});

describe('a dialect', () => {
  it('may make stages of any division', async () => {
    const { jarvis } = createStageTeam(
      { stages: [{ name: 'A' }, { name: 'A' }] },
      {
        dialect: {
          ...modernDialect,
          arrangeStages: ({ stages, after }) => ({
            stages: stages.map((stage, index) => ({ ...stage, name: `${stage.name} ${String(index + 1)}` })),
            after,
          }),
        },
      },
    );

    const { status, roadmap } = await jarvis.run({ task });

    expect(status).toBe('done');
    expect(roadmap?.stages.map(({ brief }) => brief.name)).toEqual(['A 1', 'A 2']);
  });

  it('may look at the task in its own way', async () => {
    const llm = new ScriptedLlmClient(scriptTeam());
    const context = testRunContext({ llm, workspace: new MemoryWorkspace() });
    const suspicion = {
      kind: 'ignore-rules',
      severity: 'high',
      quote: 'page',
      position: 8,
      description: 'No pages.',
    } as const;
    const dialect: Dialect = {
      ...modernDialect,
      screenTask: () => [suspicion],
      policies: { ...modernDialect.policies, onSuspiciousTask: 'ask' },
    };

    const { reason } = await new JarvisOrchestrator({ mode: 'SIMPLE_2LOOP', context, dialect }).run({ task });

    expect(reason).toBe('suspicious_task');
    expect(llm.requests).toEqual([]);
  });
});

/** The dialect of this release, which keeps what the reviewer is told. */
function listening(briefs: ReviewBrief[]): Dialect {
  const { review } = modernDialect;
  const render = (brief: ReviewBrief) => {
    briefs.push(brief);
    return review.render(brief);
  };
  return { ...modernDialect, review: { ...review, render } };
}
