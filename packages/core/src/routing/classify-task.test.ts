import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { classifyTask } from './classify-task.ts';
import type { TaskComplexity, TaskKind } from './task-facts.ts';

type Judged = readonly [text: string, kind: TaskKind, complexity: TaskComplexity];

/** Tasks as people write them, with what a person takes them for. Some are beyond a list of words. */
const corpus: readonly Judged[] = [
  ['Build a landing page with a hero image and a contact form', 'frontend', 'medium'],
  ['Change the colour of the buy button to green', 'frontend', 'low'],
  ['Add a dark mode toggle to the navbar', 'frontend', 'medium'],
  ['Make the pricing table responsive on phones', 'frontend', 'medium'],
  ['Fix a typo in the footer', 'frontend', 'low'],
  ['Rewrite the entire React dashboard in Svelte, every component included', 'frontend', 'high'],
  ['Create a photo gallery with lazy loading and keyboard navigation', 'frontend', 'medium'],
  ['Write a simple HTML page that says hello world', 'frontend', 'low'],
  ['Build a drawing app in the browser with real-time collaboration and offline support', 'frontend', 'high'],
  ['Replace the icon in the header with a new one', 'frontend', 'low'],
  ['Add a REST endpoint that returns the current user', 'backend', 'medium'],
  ['Implement OAuth login with refresh tokens and per-user permissions', 'backend', 'high'],
  ['Rename the health handler', 'backend', 'low'],
  ['Add rate limiting to the public API', 'backend', 'medium'],
  ['Split the order service into microservices with distributed transactions', 'backend', 'high'],
  ['Return 404 instead of 500 when an order does not exist in the API', 'backend', 'medium'],
  ['Send a webhook whenever a payment fails, and retry with backoff through a queue', 'backend', 'medium'],
  ['Bump the server port to 8080', 'backend', 'low'],
  ['Validate request bodies in the Express routes with a schema', 'backend', 'medium'],
  ['Add WebSocket messaging with authentication and conflict resolution across servers', 'backend', 'high'],
  ['Import a CSV of customers into SQLite and drop duplicates', 'data', 'medium'],
  ['Add a nullable column to the users table', 'data', 'medium'],
  ['Write a SQL query for the average order value per month', 'data', 'medium'],
  ['Migrate the database from MySQL to Postgres with zero downtime', 'data', 'high'],
  ['Remove one column from the export', 'data', 'low'],
  ['Plot a histogram of response times from the dataset', 'data', 'medium'],
  ['Rename a column in the spreadsheet import', 'data', 'low'],
  ['Build an ETL pipeline that aggregates every record of the warehouse, fault tolerant', 'data', 'high'],
  ['Write a README with install instructions', 'docs', 'medium'],
  ['Correct the spelling in the FAQ', 'docs', 'low'],
  ['Add a docstring comment to the parser', 'docs', 'low'],
  ['Write a tutorial on how to use the command line', 'docs', 'medium'],
  ['Restructure the documentation: guides, a glossary and a changelog', 'docs', 'medium'],
  ['Add a Dockerfile for the app', 'ops', 'medium'],
  ['Set up CI with GitHub Actions that runs the tests', 'ops', 'medium'],
  ['Deploy to Kubernetes with rollback and zero downtime across two clusters', 'ops', 'high'],
  ['Add a nightly backup cron job', 'ops', 'medium'],
  ['Write a function that checks whether a number is prime', 'other', 'medium'],
  ['Implement a chess engine that beats club players', 'other', 'high'],
  ['Sort the list by name', 'other', 'low'],
];

describe('classifyTask, on tasks a person has judged', () => {
  it('finds the kind of at least 37 of 40', () => {
    const missed = corpus.filter(([text, kind]) => classifyTask(text).kind !== kind);

    expect(corpus).toHaveLength(40);
    expect(missed.length, missed.map(([text]) => text).join('\n')).toBeLessThanOrEqual(3);
  });

  it('finds the complexity of at least 37 of 40', () => {
    const missed = corpus.filter(([text, , complexity]) => classifyTask(text).complexity !== complexity);

    expect(missed.length, missed.map(([text]) => text).join('\n')).toBeLessThanOrEqual(3);
  });

  it('takes no task of little work for one of much, or the other way round', () => {
    const extremes = corpus.filter(([text, , complexity]) => {
      const pair = [classifyTask(text).complexity, complexity];
      return pair.includes('low') && pair.includes('high');
    });

    expect(extremes.length, extremes.map(([text]) => text).join('\n')).toBe(0);
  });
});

describe('classifyTask', () => {
  it('shows the signs it went by', () => {
    expect(classifyTask('Rename the BUTTONS; dark-mode too').evidence).toEqual([
      { fact: 'kind', value: 'frontend', sign: 'button' },
      { fact: 'kind', value: 'frontend', sign: 'dark mode' },
      { fact: 'complexity', value: 'low', sign: 'rename' },
      { fact: 'complexity', value: 'low', sign: 'button' },
    ]);
  });

  it('counts a word once, however often it is said', () => {
    const { kind, evidence } = classifyTask('page page page: the api of the server');

    expect(kind).toBe('backend');
    expect(evidence.map(({ sign }) => sign)).toEqual(['page', 'api', 'server']);
  });

  it('takes the kind that is named first when two are named equally often', () => {
    expect(classifyTask('a page for the database').kind).toBe('frontend');
    expect(classifyTask('a database for the page').kind).toBe('data');
  });

  it.each([
    [59, 'medium', []],
    [60, 'medium', ['60 words']],
    [149, 'medium', ['149 words']],
    [150, 'high', ['150 words', '150 words']],
  ])('weighs a length of %d words: %s', (words, complexity, signs) => {
    const judged = classifyTask('word '.repeat(words));

    expect(judged.complexity).toBe(complexity);
    expect(judged.evidence.map(({ sign }) => sign)).toEqual(signs);
  });

  it('weighs that a task is about three kinds of things', () => {
    const { complexity, evidence } = classifyTask('A page, an api and a database, for the whole team');

    expect(complexity).toBe('high');
    expect(evidence.at(-1)).toEqual({
      fact: 'complexity',
      value: 'high',
      sign: 'frontend and backend and data',
    });
  });

  it('states no importance the caller has not stated', () => {
    expect(classifyTask('URGENT and critical, top priority')).not.toHaveProperty('importance');
    expect(classifyTask('anything', 'high').importance).toBe('high');
  });

  it('takes a text without any sign for other and medium', () => {
    expect(classifyTask('')).toEqual({ kind: 'other', complexity: 'medium', evidence: [] });
  });

  it.each(['a'.repeat(2_000_000), '-'.repeat(2_000_000), 'a '.repeat(500_000), 's'.repeat(2_000_000)])(
    'reads a text of any length once (%#)',
    (text) => {
      expect(classifyTask(text).kind).toBe('other');
    },
  );

  it('judges every text, and the same text the same way', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(classifyTask(text)).toEqual(classifyTask(text));
      }),
    );
  });
});
