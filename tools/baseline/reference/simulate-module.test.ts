import { describe, expect, it } from 'vitest';

import { findDifferences } from '../compare/find-differences.ts';
import { toRecordedObservation } from '../compare/recorded-observation.ts';
import { makeScenario } from '../testing/make-scenario.ts';
import { readOwnScenario } from '../testing/read-own-scenarios.ts';
import { simulateModule } from './simulate-module.ts';

describe('simulateModule', () => {
  it.each([
    '2loop-approve-first',
    '2loop-approve-second-git',
    '2loop-empty-files-no-status',
    '2loop-invalid-escapes',
    '2loop-never-approved-5-rounds',
    '2loop-retry-then-fenced',
  ])('leads to exactly what was recorded where the predecessor had no defect: %s', async (id) => {
    const { scenario, trace } = await readOwnScenario(id);

    const { observation, isAtEnd } = simulateModule(scenario);

    expect(findDifferences(toRecordedObservation(trace), observation)).toEqual([]);
    expect(isAtEnd).toBe(true);
  });

  it.each([
    [
      '2loop-as-is-crash',
      [
        '/calls/-',
        '/cost/lines/employee gpt-4o-mini',
        '/cost/lines/manager gpt-4o-mini',
        '/cost/usd',
        '/files/index.html',
        '/requests',
        '/status',
      ],
    ],
    ['2loop-files-list', ['/calls/-', '/requests', '/retries', '/status', '/unscripted/employee.build']],
    ['2loop-injection-sanitised', ['/calls/0/user', '/calls/1/user/task', '/calls/2/user/task']],
  ])('leads elsewhere where there was a defect: %s', async (id, fields) => {
    const { scenario, trace } = await readOwnScenario(id);

    const { observation } = simulateModule(scenario);

    const paths = findDifferences(toRecordedObservation(trace), observation).map(({ path }) => path);
    const shortened = paths.map((path) => path.replace(/(?<=^\/cost\/lines\/[^/]+)\/.*/u, ''));
    expect([...new Set(shortened)].sort()).toEqual(fields);
  });

  it('can be cut after some calls, as the cap does it', async () => {
    const { scenario } = await readOwnScenario('2loop-cost-warning-then-cap');

    const cut = simulateModule(scenario, 4);

    expect(cut.isAtEnd).toBe(false);
    expect(cut.observation).toMatchObject({
      status: 'cost_cap_exceeded',
      requests: 4,
      cost: { usd: 0.0305 },
    });
  });

  it.each([
    [{ http: 401, body: '', repeat: 5 }, 'failed_unauthorized', 1],
    [{ http: 402, body: '' }, 'parked_quota_exhausted', 1],
    [{ http: 404, body: '' }, 'failed_bad_request', 1],
    [{ http: 429, body: '', repeat: 'forever' }, 'parked_rate_limited', 5],
    [{ http: 503, body: '', repeat: 'forever' }, 'parked_provider_error', 5],
    [{ hang: 1, repeat: 'forever' }, 'parked_connection_lost', 5],
  ])('ends with a plan that is answered with %j', (reply, status, requests) => {
    const { scenario } = makeScenario({ script: { 'manager.plan': [reply] } });

    const { observation } = simulateModule(scenario);

    expect(observation).toMatchObject({ status, requests, calls: [{ role: 'manager.plan' }] });
  });
});
