import { readFileSync } from 'node:fs';

import { agentCatalog } from '@jarvis/bus';
import { type ModeName, modeNames } from '@jarvis/core';
import { readRunRecords } from '@jarvis/loops';
import { describe, expect, it } from 'vitest';

import {
  createStageTeam,
  errorIn,
  fileOf,
  pageOf,
  requirementOf,
  type StageScript,
  write,
} from './adaptive-team.ts';

const task = 'Build a site about knots';

const suggestion = {
  type: 'add',
  name: 'Images',
  goal: 'There are images',
  requirements: [],
  reason: 'It is bare',
};

/** A run in stages in which everything happens that agents have something to say about. */
function eventful(): StageScript {
  let useless = 0;
  return {
    stages: [{ name: 'Layout' }, { name: 'Style' }, { name: 'Text' }],
    work: ({ stage, cycle }) => {
      if (stage === 'Layout' && cycle === 1)
        return JSON.stringify({ summary: '', questions: ['Which knot?'], blocker: 'No rope.' });
      return stage === 'Text' && cycle === 1
        ? [write(fileOf(stage), pageOf(stage, cycle)), write('layout.html', 'GONE')]
        : undefined;
    },
    audit: ({ stage, cycle, files }) => {
      if (stage === 'Images' && useless < 2) {
        useless += 1;
        return 'I would rather not.';
      }
      if (stage === 'Layout' && cycle === 2)
        return { findings: [errorIn('Layout', 'It is grey')], suggestions: [suggestion] };
      if (stage === 'Style' && cycle === 1)
        return { findings: [{ severity: 'warning', description: 'It could be nicer' }] };
      return stage === 'Text' && files.get('layout.html') === 'GONE'
        ? {
            findings: [
              {
                severity: 'error',
                file: 'layout.html',
                quote: 'GONE',
                requirement: requirementOf('Layout'),
                description: 'It was overwritten',
              },
            ],
          }
        : undefined;
    },
    decide: () => true,
  };
}

async function listKinds(mode: ModeName, script: StageScript): Promise<ReadonlySet<string>> {
  const { jarvis, context } = createStageTeam(script, { config: { mode } });
  const { runId, status } = await jarvis.run({ task });
  expect(status).toBe('done');
  const records = await readRunRecords(context.journal, runId);
  return new Set(records.flatMap((record) => (record.type === 'message.sent' ? [record.data.kind] : [])));
}

/** What the table in the README of the bus says: the kinds of each mode. */
function readTable(): readonly { readonly kind: string; readonly modes: readonly string[] }[] {
  const readme = readFileSync(new URL('../../bus/README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| `([a-z.]+)` .*\| ([A-Z0-9_, ]+?) +\|$/gmu)];
  return rows.map(([, kind = '', modes = '']) => ({ kind, modes: modes.split(', ') }));
}

function kindsOf(mode: ModeName): readonly string[] {
  return readTable().flatMap(({ kind, modes }) => (modes.includes(mode) ? [kind] : []));
}

describe('what the agents say to one another', () => {
  const again: StageScript = { review: ({ cycle }) => (cycle > 1 ? [] : ['Not yet.']) };

  it.each([
    ['SIMPLE_2LOOP', again],
    ['LEGACY_3LOOP', again],
    ['PHASE3', eventful()],
  ] as const)('is in %s what the README of the bus says, no more and no less', async (mode, script) => {
    const kinds = await listKinds(mode, script);

    expect([...kinds].sort()).toEqual([...kindsOf(mode)].sort());
  });

  it('is in CONTEXT_AWARE what the chosen team says', () => {
    const teams = modeNames.filter((mode) => mode !== 'CONTEXT_AWARE').flatMap(kindsOf);

    expect(new Set(kindsOf('CONTEXT_AWARE'))).toEqual(new Set(teams));
  });

  it('leaves out no kind of the catalogue', () => {
    expect(readTable().map(({ kind }) => kind)).toEqual(Object.keys(agentCatalog));
    expect([...kindsOf('PHASE3')].sort()).toEqual(Object.keys(agentCatalog).sort());
  });
});
