import type { RunSummary } from '@jarvis/core';
import { describe, expect, it } from 'vitest';

import { chooseTeam } from './choose-team.ts';
import { type ProjectFacts, surveyProject } from './survey-project.ts';
import type { Team } from '../engine/team-choice.ts';

/** Folders as projects have them. */
type ProjectName = 'empty' | 'page' | 'small' | 'library' | 'untested' | 'unsaved' | 'large';

/** What runs before have come to. */
type SessionName = 'none' | 'smooth' | 'struggling' | 'simulated';

/** A task, where it is set, and the team a person would give it. */
type Judged = readonly [task: string, project: ProjectName, session: SessionName, team: Team];

const STORE = `Build an online store for a bakery:
- product pages with pictures and prices
- a cart that survives a reload
- checkout with card payment
- order confirmation by email
- an admin area for orders
- a database for products and orders`;

/** Tasks with the team a person has chosen for them, before any weight was set. */
const judgedTasks: readonly Judged[] = [
  ['Fix a typo in the footer', 'empty', 'none', 'SIMPLE_2LOOP'],
  ['Fix a typo in the footer', 'untested', 'none', 'SIMPLE_2LOOP'],
  ['Fix a typo in the footer', 'large', 'none', 'SIMPLE_2LOOP'],
  ['Change the colour of the buy button to green', 'small', 'smooth', 'SIMPLE_2LOOP'],
  ['Rename the health handler', 'library', 'none', 'SIMPLE_2LOOP'],
  ['Build a landing page for a bakery', 'empty', 'none', 'SIMPLE_2LOOP'],
  ['Build a landing page with a hero image and a contact form', 'empty', 'none', 'SIMPLE_2LOOP'],
  ['Write a function that checks whether a number is prime', 'empty', 'none', 'SIMPLE_2LOOP'],
  ['Add a dark mode toggle to the navbar', 'page', 'none', 'SIMPLE_2LOOP'],
  ['Write a README with install instructions', 'library', 'none', 'SIMPLE_2LOOP'],
  ['Write a tutorial on how payments and passwords are handled', 'library', 'none', 'SIMPLE_2LOOP'],
  ['Add a Dockerfile for the app', 'small', 'none', 'SIMPLE_2LOOP'],
  ['Sort the list by name', 'small', 'none', 'SIMPLE_2LOOP'],
  ['Return 404 instead of 500 when an order does not exist in the API', 'library', 'smooth', 'SIMPLE_2LOOP'],
  ['Make the pricing table responsive on phones', 'page', 'simulated', 'SIMPLE_2LOOP'],
  ['Crea una página con un formulario de contacto', 'empty', 'none', 'SIMPLE_2LOOP'],
  ['Schreibe eine Seite mit einem Kontaktformular', 'page', 'none', 'SIMPLE_2LOOP'],
  ['Add rate limiting to the public API', 'untested', 'none', 'LEGACY_3LOOP'],
  ['Add a REST endpoint that deletes the account of the current user', 'library', 'none', 'LEGACY_3LOOP'],
  ['Implement OAuth login with refresh tokens', 'small', 'none', 'LEGACY_3LOOP'],
  ['Hash the passwords of users before they are stored', 'library', 'none', 'LEGACY_3LOOP'],
  ['Send a webhook whenever a payment fails, and retry with backoff', 'small', 'none', 'LEGACY_3LOOP'],
  ['Add a nullable column to the users table in production', 'library', 'none', 'LEGACY_3LOOP'],
  ['Validate request bodies in the Express routes with a schema', 'unsaved', 'struggling', 'LEGACY_3LOOP'],
  ['Encrypt the backups and delete those older than 30 days', 'small', 'none', 'LEGACY_3LOOP'],
  ['Add a nightly job that removes inactive accounts', 'untested', 'none', 'LEGACY_3LOOP'],
  [STORE, 'empty', 'none', 'PHASE3'],
  [STORE, 'library', 'smooth', 'PHASE3'],
  ['Migrate the database from MySQL to Postgres with zero downtime', 'large', 'none', 'PHASE3'],
  ['Rewrite the entire React dashboard in Svelte, every component included', 'library', 'none', 'PHASE3'],
  ['Split the order service into microservices with distributed transactions', 'large', 'none', 'PHASE3'],
  [
    'Implement a multi-tenant architecture with per-tenant encryption across the whole platform',
    'library',
    'none',
    'PHASE3',
  ],
  [
    'Build a drawing app in the browser with real-time collaboration and offline support',
    'empty',
    'none',
    'PHASE3',
  ],
  ['Refactor payment and authentication into a plugin', 'untested', 'none', 'PHASE3'],
  ['Add login with passwords and permissions for every page', 'unsaved', 'struggling', 'PHASE3'],
  [
    'Build a project management system: a web page, an API, a database, user accounts and reports',
    'empty',
    'none',
    'PHASE3',
  ],
  ['Deploy to Kubernetes with rollback and zero downtime across two clusters', 'library', 'none', 'PHASE3'],
  [
    'Integrate the payment provider, migrate existing subscriptions and keep every permission',
    'large',
    'smooth',
    'PHASE3',
  ],
];

type RunPart = Pick<RunSummary, 'status' | 'isSimulated'> & Partial<RunSummary>;

/** The runs of the sessions in the judgements, newest first; `task` stands for the task that is judged. */
const judgedSessions: Readonly<Record<SessionName, (task: string) => readonly RunSummary[]>> = {
  none: () => [],
  smooth: () =>
    ['Write the imprint', 'Add the opening hours', 'Make the logo larger'].map((task, index) =>
      toRun(index, { task, status: 'done', isSimulated: false }),
    ),
  struggling: (task) => [
    toRun(0, {
      task,
      status: 'partial',
      isSimulated: false,
      open: ['The manager wants: the tests to pass'],
      findings: [{ severity: 'error', source: 'syntax', description: 'Unexpected token' }],
    }),
    toRun(1, { task: 'Write the imprint', status: 'done', isSimulated: false }),
  ],
  simulated: (task) => [toRun(0, { task, status: 'failed', isSimulated: true, open: ['Everything'] })],
};

const projects: Readonly<Record<ProjectName, ProjectFacts>> = {
  empty: surveyProject([], 'none'),
  page: surveyProject(many(3, 'page-', 'html'), 'clean'),
  small: surveyProject([...many(25, 'src/', 'ts'), ...many(5, 'test/', 'ts')], 'clean'),
  library: surveyProject([...many(120, 'src/', 'ts'), ...many(40, 'test/', 'ts')], 'clean'),
  untested: surveyProject(many(150, 'lib/', 'py'), 'dirty'),
  unsaved: surveyProject(many(40, 'app/', 'js'), 'none'),
  large: surveyProject(
    ['ts', 'css', 'html', 'sql', 'sh'].flatMap((extension) => many(300, 'src/test/', extension)),
    'clean',
  ),
};

describe('chooseTeam, on tasks a person has judged', () => {
  it('chooses the team of at least 36 of 38', () => {
    const missed = judgedTasks.filter((judged) => choose(judged) !== judged[3]);

    expect(judgedTasks).toHaveLength(38);
    expect(
      missed.length,
      missed.map((judged) => `${choose(judged)} for ${judged.join(' | ')}`).join('\n'),
    ).toBeLessThanOrEqual(2);
  });

  it('gives no small task stages, and no project a team of two', () => {
    const extremes = judgedTasks.filter((judged) => {
      const pair = [choose(judged), judged[3]];
      return pair.includes('SIMPLE_2LOOP') && pair.includes('PHASE3');
    });

    expect(extremes.map(([task]) => task)).toEqual([]);
  });
});

function choose([task, project, session]: Judged) {
  return chooseTeam({ task, project: projects[project], session: { runs: judgedSessions[session](task) } })
    .mode;
}

function many(count: number, prefix: string, extension: string) {
  return Array.from({ length: count }, (_, index) => ({
    path: `${prefix}${String(index)}.${extension}`,
    bytes: 2_000,
  }));
}

function toRun(index: number, part: RunPart): RunSummary {
  return {
    runId: `run-${String(index + 1)}`,
    task: '',
    startedAtMs: 1_000 - index,
    updatedAtMs: 1_000 - index,
    decisions: [],
    findings: [],
    open: [],
    files: [],
    spentUsd: 0,
    ...part,
  };
}
