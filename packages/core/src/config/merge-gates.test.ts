import { describe, expect, it } from 'vitest';

import type { ConfigLayer } from './choose-value.ts';
import { mergeConfig } from './merge-config.ts';
import { parseConfig } from './parse-config.ts';

function layer(level: ConfigLayer['level'], origin: string, gates: readonly unknown[]): ConfigLayer {
  return { origin, level, config: parseConfig({ gates }, origin) };
}

const ownPlan = { at: 'plan', approvers: [{ role: 'owner' }] };
const easyPlan = {
  at: 'plan',
  approvers: [{ role: 'guest' }],
  autoApprove: [{ when: [{ field: 'steps', gte: 0 }], because: 'it is quick' }],
};

describe('mergeConfig, gates', () => {
  it('has none where nobody asks for one', () => {
    expect(mergeConfig([]).config.gates).toEqual([]);
  });

  it('lets a project file add gates, and take none away', () => {
    const { config, origins, ignored } = mergeConfig([
      layer('project', 'p.json', [easyPlan]),
      layer('user', 'mine.json', [ownPlan]),
      layer('user', '--gate', []),
    ]);

    expect(config.gates).toEqual([easyPlan, ownPlan]);
    expect(origins['gates']).toBe('--gate');
    expect(ignored).toEqual([]);
  });

  it('tells what is wrong with a rule, and where', () => {
    const written = { gates: [{ ...ownPlan, approver: [{ role: 'x' }] }] };

    expect(() => parseConfig(written, 'mine.json')).toThrow(
      'mine.json: gates.0.approver: unknown key. Did you mean "approvers"?',
    );
  });
});
