import type { RunRecord } from '@jarvis/loops';

import type { Brief } from './brief.ts';
import { page } from './pages.ts';
import type { Scenario } from './scenario.ts';

/** Turns over all phases until the work is approved. */
const TURNS = 3;

/** The turn in which the employee wants to write outside the project folder. */
const REFUSED_TURN = 2;

const PHASES = ['Page', 'Knots'] as const;

/** Supervisor, manager and employee: two phases in each of three turns, one with an answer that is refused. */
export const threeLoop: Scenario = {
  mode: 'LEGACY_3LOOP',
  task: 'Build a small site about knots, with a page for each',
  terms: { capUsd: 0.012, capRaiseUsd: 0.016, acceptedRounds: TURNS - 1, amendedRounds: TURNS },
  momentOf: ({ purpose, round }) => (purpose === 'work' ? round : undefined),
  moments: TURNS - 1,
  failsFirst: ({ purpose, round }) => purpose === 'split' || (purpose === 'review' && round === TURNS),
  isUnreadable: ({ purpose, round, stage }) => purpose === 'work' && round === 1 && stage?.name === PHASES[1],
  answer,
  findMissing: findMissingTurns,
  firstCommittedRound: PHASES.length,
};

/** The same work in the mode that looks at its context: the words of the task are what it chooses the team by. */
export const contextAware: Scenario = {
  ...threeLoop,
  mode: 'CONTEXT_AWARE',
  task: 'Build a site about knots with a payment page and a login',
  findMissing: (records) => [
    ...findMissingTurns(records),
    ...(records.some(({ type, data }) => type === 'run.accepted' && data.team?.mode === 'LEGACY_3LOOP')
      ? []
      : ['the team of three was not chosen']),
  ],
};

function answer({ purpose, round, stage }: Brief): object {
  if (purpose === 'split') return { stages: PHASES.map(phaseOf) };
  if (purpose === 'work') return { summary: `Turn ${String(round)}`, files: filesOf(round, stage?.name) };
  if (purpose === 'plan') {
    return {
      steps: ['Write index.html', 'Write one page for each knot'],
      acceptanceCriteria: ['Each knot has a page'],
    };
  }
  return round >= TURNS
    ? { approved: true, feedback: [] }
    : { approved: false, feedback: [`index.html: tell more, turn ${String(round)}.`] };
}

function phaseOf(name: string, index: number) {
  return {
    name,
    goal: `${name} is there`,
    categories: ['content_ux'],
    planSteps: [index + 1],
    requirements: ['Each knot has a page'],
    after: [],
  };
}

function filesOf(turn: number, phase: string | undefined) {
  const text = `<p>Turn ${String(turn)}</p>`;
  if (phase === PHASES[0]) return [{ path: 'index.html', content: page('Knots', text) }];
  const pages = [
    { path: `knots/knot-${String(turn)}.html`, content: page(`Knot ${String(turn)}`, text) },
    { path: 'knots/index.html', content: page('All knots', text) },
  ];
  return turn === REFUSED_TURN ? [...pages, { path: '../outside.html', content: page('No', '') }] : pages;
}

function findMissingTurns(records: readonly RunRecord[]): readonly string[] {
  const works = records.filter(
    ({ type, data }) => type === 'action.opened' && data.action.type === 'work',
  ).length;
  const wanted = TURNS * PHASES.length;
  return works === wanted ? [] : [`${String(works)} pieces of work instead of ${String(wanted)}`];
}
