import { describe, expect, it } from 'vitest';

import { classifyTask } from '../routing/classify-task.ts';
import { chooseDomain } from './choose-domain.ts';

const choose = (task: string) => chooseDomain(classifyTask(task));

describe('chooseDomain', () => {
  it.each([
    ['frontend', 'A responsive page with a navigation menu'],
    ['backend', 'A REST endpoint that checks a JWT'],
    ['data', 'A query that finds duplicate rows in a table'],
    ['docs', 'A tutorial and a glossary for the README'],
    ['ops', 'A Dockerfile and a deployment to staging'],
  ])('sees a task of %s', (kind, task) => {
    expect(choose(task)?.kind).toBe(kind);
  });

  it('tells which words said so', () => {
    expect(choose('A page with a menu')).toEqual({ kind: 'frontend', evidence: ['page', 'menu'] });
  });

  it.each([
    ['nothing speaks for a field', 'Write a poem'],
    ['one word is all there is', 'A page about bees'],
    ['two fields are named as often', 'A page with a menu, a server and an endpoint'],
  ])('chooses none when %s', (_, task) => {
    expect(choose(task)).toBeUndefined();
  });
});
