import { byteTokenCounter, silentLogger } from '@jarvis/core';
import { expect, it, vi } from 'vitest';

import { performByShim } from './play/perform-by-shim.ts';
import { runBaseline } from './run-baseline.ts';
import { loadOwnRules, ownFolder } from './testing/read-own-scenarios.ts';

const PAUSES_MS = { shortest: 2_000, longest: 90_000 };

// As when a mode is played: pauses between attempts and the rest of a failing server are left out, and bytes are counted.
vi.mock(import('@jarvis/node'), async (importOriginal) => {
  const node = await importOriginal();
  const nodeRunContext: typeof node.nodeRunContext = async (options) => {
    const { circuits: _circuits, ...context } = await node.nodeRunContext(options);
    const { clock } = context;
    const sleep: typeof clock.sleep = (ms, signal) =>
      ms >= PAUSES_MS.shortest && ms <= PAUSES_MS.longest ? Promise.resolve() : clock.sleep(ms, signal);
    return { ...context, clock: { ...clock, sleep }, logger: silentLogger, tokens: byteTokenCounter };
  };
  return { ...node, nodeRunContext };
});

it(
  'plays every recorded run through the old name of its module as through the mode',
  { timeout: 240_000 },
  async () => {
    const options = {
      folder: ownFolder,
      rules: await loadOwnRules(),
      isStrict: true,
      onScenario: () => undefined,
    };

    const inModes = await runBaseline(options);
    const byShims = await runBaseline({ ...options, perform: performByShim });

    expect(byShims.scenarios).toHaveLength(40);
    expect(byShims.scenarios).toEqual(inModes.scenarios);
    expect(byShims.faults).toEqual([]);
  },
);
