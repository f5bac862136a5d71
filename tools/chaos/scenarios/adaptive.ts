import type { RunRecord } from '@jarvis/loops';

import type { Brief } from './brief.ts';
import { page } from './pages.ts';
import type { Scenario } from './scenario.ts';

const REQUIREMENTS = {
  Frame: 'The first page names the site',
  Knots: 'The page of knots tells how each is tied',
  Links: 'The first page links to the page of knots',
} as const;

const STAGES = Object.entries(REQUIREMENTS);

/** The stage an audit suggests to add. */
const SUGGESTED = 'Imprint';

const TIED = '<p>Left over right, right over left.</p>';
const CORRECTED = '<p>Corrected.</p>';

/**
 * Stages on a roadmap. The work on `Knots` has a finding and is fixed; its audit suggests a stage, which the manager
 * wants, and another change, which does not fit. The work on `Links` is refused once and then breaks what `Frame`
 * guarantees, which is opened again; mending it changes a page of `Knots`, which is checked again. The last review asks for corrections.
 */
export const adaptive: Scenario = {
  mode: 'PHASE3',
  task: 'Build a small site about knots, in stages',
  terms: { capUsd: 0.016, capRaiseUsd: 0.03, acceptedRounds: 1, amendedRounds: 2 },
  momentOf: ({ purpose, stage, round }) => {
    const index = STAGES.findIndex(([name]) => name === stage?.name);
    return purpose === 'work' && round === 1 && index !== -1 ? index + 1 : undefined;
  },
  moments: STAGES.length,
  failsFirst: ({ purpose, stage }) =>
    purpose === 'split' || purpose === 'decide' || (purpose === 'audit' && stage?.name === SUGGESTED),
  isUnreadable: ({ purpose, stage, round }) => purpose === 'audit' && stage?.name === 'Frame' && round === 1,
  answer,
  findMissing: findMissingChanges,
  firstCommittedRound: 1,
};

function answer(brief: Brief): object {
  switch (brief.purpose) {
    case 'plan':
      return {
        steps: STAGES.map(([name]) => `Write ${name}`),
        acceptanceCriteria: Object.values(REQUIREMENTS),
      };
    case 'split':
      return { stages: STAGES.map(stageOf) };
    case 'work':
      return { summary: `Cycle ${String(brief.round)}`, files: filesOf(brief) };
    case 'audit':
      return audit(brief);
    case 'decide':
      return { answers: (brief.questions ?? []).map(() => ({ agreed: true, reason: 'It is needed.' })) };
    case 'review':
      return holds(brief, 'imprint.html', CORRECTED)
        ? { approved: true, feedback: [] }
        : { approved: false, feedback: ['imprint.html: correct it.'] };
  }
}

function stageOf([name, requirement]: readonly [string, string], index: number) {
  return {
    name,
    goal: `${name} is there`,
    categories: ['content_ux'],
    planSteps: [index + 1],
    requirements: [requirement],
    after: index === 0 ? [] : [index],
  };
}

const LINK = '<p><a href="knots.html">Knots</a></p>';

interface PageFile {
  readonly path: string;
  readonly content: string;
}

/** What is delivered for each stage, in its first cycle and in later ones. */
const DELIVERIES: Readonly<Record<string, readonly [readonly PageFile[], readonly PageFile[]]>> = {
  Frame: [
    [file('index.html', '<p>Soon.</p>')],
    [file('index.html', LINK), file('knots.html', `${TIED}<p><a href="index.html">Back</a></p>`)],
  ],
  Knots: [[file('knots.html', '<p>Tie it.</p>')], [file('knots.html', TIED)]],
  Links: [
    [file('../outside.html', LINK)],
    [file('index.html', `${LINK}<div><p>Never closed</p>`), file('links.html', LINK)],
  ],
  Imprint: [[file('imprint.html', '<p>Somebody</p>')], []],
};

function file(path: string, body: string): PageFile {
  return { path, content: page(path, body) };
}

function filesOf({ stage, round }: Brief): readonly PageFile[] {
  const [first, later] = DELIVERIES[stage?.name ?? ''] ?? [[file('imprint.html', CORRECTED)], []];
  return round === 1 ? first : later;
}

function audit(brief: Brief) {
  const { stage, open = [] } = brief;
  const isLacking = stage?.name === 'Knots' && !holds(brief, 'knots.html', TIED);
  const finding = {
    severity: 'error',
    category: 'content_ux',
    file: 'knots.html',
    quote: '<p>Tie it.</p>',
    requirement: REQUIREMENTS.Knots,
    description: 'Tell how it is tied.',
  };
  const suggestions = [
    { type: 'add', name: SUGGESTED, goal: 'An imprint is there', reason: 'It is missing.' },
    { type: 'skip', stage: 'nowhere', reason: 'It is needless.' },
  ];
  return {
    open: open.map(({ id }) => ({ id, answer: isLacking ? 'still_there' : 'gone' })),
    findings: isLacking && open.length === 0 ? [finding] : [],
    suggestions: isLacking ? suggestions : [],
  };
}

function holds({ files }: Brief, path: string, text: string): boolean {
  return files.some((file) => file.path === path && file.content.includes(text));
}

function findMissingChanges(records: readonly RunRecord[]): readonly string[] {
  const happened = new Set(records.flatMap(eventsOf));
  const wanted = ['reopen frame', 'add imprint', 'add corrections-1', 'refused', 'verified', 'fix knots'];
  return wanted.filter((event) => !happened.has(event)).map((event) => `did not happen: ${event}`);
}

function eventsOf({ type, data }: RunRecord): readonly string[] {
  if (type === 'roadmap.refused') return ['refused'];
  if (type === 'stage.changed') return [`${data.event.type} ${data.stageId}`];
  if (type === 'action.closed') return [data.result.type];
  if (type !== 'roadmap.changed') return [];
  const { mutation } = data.change;
  if (mutation.type === 'reopen') return [`reopen ${mutation.stageId}`];
  return mutation.type === 'add' ? [`add ${mutation.stage.id}`] : [];
}
