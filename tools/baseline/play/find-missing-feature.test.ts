import { expect, it } from 'vitest';

import { makeScenario } from '../testing/make-scenario.ts';
import { findMissingFeature } from './find-missing-feature.ts';

it('finds nothing missing for a plain scenario', () => {
  expect(findMissingFeature(makeScenario())).toBeUndefined();
});

it('plays the blocked tasks of a module that said so', () => {
  const blocked = { securityEvents: [{ blocked: true }] };

  expect(findMissingFeature(makeScenario({ orchestrator: 'orchestrator', trace: blocked }))).toBeUndefined();
});

it.each([
  [{ trace: { securityEvents: [{ blocked: true }] } }, 'the screening of tasks'],
  [{ env: { JARVIS_X: '1' } }, 'the environment variable JARVIS_X'],
  [{ env: { DEFAULT_MANAGER_MODEL: 'gpt-9' } }, 'the old price of the model gpt-9'],
])('finds what %j needs', (scenario, feature) => {
  expect(findMissingFeature(makeScenario(scenario))).toBe(feature);
});
