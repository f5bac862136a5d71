import type { Brief } from './brief.ts';
import { page } from './pages.ts';
import type { Scenario } from './scenario.ts';

/** Rounds until the work is approved. */
const ROUNDS = 4;

const ACCEPTED_ROUNDS = ROUNDS - 1;

/** The round in which the employee first answers with something that is not JSON. */
const UNREADABLE_ROUND = 1;

/** The round in which the employee wants to write outside the project folder. */
const REFUSED_ROUND = 2;

/** The round in which the first request for work fails; the first request for the plan fails, too. */
const FAILING_ROUND = 3;

/** Manager and employee, four rounds. */
export const twoLoop: Scenario = {
  mode: 'SIMPLE_2LOOP',
  task: 'Build a small site about knots',
  terms: { capUsd: 0.012, capRaiseUsd: 0.012, acceptedRounds: ACCEPTED_ROUNDS, amendedRounds: ROUNDS },
  momentOf: ({ purpose, round }) => (purpose === 'work' ? round : undefined),
  moments: ACCEPTED_ROUNDS,
  failsFirst: ({ purpose, round }) => purpose === 'plan' || (purpose === 'work' && round === FAILING_ROUND),
  isUnreadable: ({ purpose, round }) => purpose === 'work' && round === UNREADABLE_ROUND,
  answer,
  findMissing: () => [],
  firstCommittedRound: 1,
};

function answer({ purpose, round }: Brief): object {
  if (purpose === 'plan') {
    return {
      steps: ['Write index.html', 'Write one page for each knot'],
      acceptanceCriteria: ['Each knot has a page'],
    };
  }
  if (purpose === 'work') return { summary: `Round ${String(round)}`, files: filesOf(round) };
  const approved = round >= ROUNDS;
  return { approved, feedback: approved ? [] : [`index.html: tell more about knot ${String(round)}.`] };
}

function filesOf(round: number) {
  const knots = Array.from({ length: round }, (_, index) => `knot-${String(index + 1)}`);
  const links = knots.map((knot) => `<li><a href="knots/${knot}.html">${knot}</a></li>`).join('');
  const pages = knots
    .slice(-2)
    .map((knot) => ({ path: `knots/${knot}.html`, content: page(knot, `<p>Round ${String(round)}</p>`) }));
  if (round === REFUSED_ROUND) pages.push({ path: '../outside.html', content: page('Outside', '') });
  return [{ path: 'index.html', content: page('Knots', `<ul>${links}</ul>`) }, ...pages];
}
