import { describe, expect, it } from 'vitest';

import type { ConfigLayer } from './choose-value.ts';
import { mergeConfig } from './merge-config.ts';

type Policy = 'warn' | 'protect' | 'refuse';

const layer = (level: ConfigLayer['level'], uncommitted: Policy): ConfigLayer => ({
  origin: level,
  level,
  config: { git: { uncommitted } },
});

describe('git.uncommitted', () => {
  it('warns when nobody says otherwise', () => {
    expect(mergeConfig([]).config.git.uncommitted).toBe('warn');
  });

  it.each<[Policy, Policy]>([
    ['warn', 'protect'],
    ['warn', 'refuse'],
    ['protect', 'refuse'],
    ['protect', 'protect'],
  ])('is made stricter by a project file, from %s to %s', (users, projects) => {
    const { config, ignored } = mergeConfig([layer('user', users), layer('project', projects)]);

    expect(config.git.uncommitted).toBe(projects);
    expect(ignored).toEqual([]);
  });

  it.each<[Policy, Policy]>([
    ['refuse', 'warn'],
    ['refuse', 'protect'],
    ['protect', 'warn'],
  ])('is not made laxer by a project file, from %s to %s, and the user is told', (users, projects) => {
    const { config, origins, ignored } = mergeConfig([layer('user', users), layer('project', projects)]);

    expect(config.git.uncommitted).toBe(users);
    expect(origins['git.uncommitted']).toBe('user');
    expect(ignored).toEqual([
      {
        origin: 'project',
        key: 'git.uncommitted',
        problem: `a project file may make this stricter, not laxer, unless you trust it (jarvis trust). It stays ${users}.`,
      },
    ]);
  });

  it('is made laxer by the user, and by a project file that is trusted', () => {
    const byUser = mergeConfig([layer('project', 'refuse'), layer('user', 'warn')]);
    const byTrusted = mergeConfig([layer('user', 'refuse'), layer('trusted', 'warn')]);

    expect(byUser.config.git.uncommitted).toBe('warn');
    expect(byTrusted.config.git.uncommitted).toBe('warn');
  });
});
