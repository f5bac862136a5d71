import { describe, expect, it } from 'vitest';

import type { RoutingRule } from '../routing/routing-rule.ts';
import type { ConfigLayer } from './choose-value.ts';
import { type ConfigInput, configSchema } from './config-schema.ts';
import { mergeConfig } from './merge-config.ts';
import { parseConfig } from './parse-config.ts';

const rule = (when: RoutingRule['when'], model: RoutingRule['model'] = 'm'): RoutingRule => {
  return { when, model, because: 'A reason.' };
};

const user = (models: ConfigInput['models'], origin = 'user'): ConfigLayer => {
  return { origin, level: 'user', config: { models } };
};

const project = (models: ConfigInput['models']): ConfigLayer => {
  return { origin: 'project', level: 'project', config: { models } };
};

describe('mergeConfig, models', () => {
  it('leaves out what nobody wrote, so that a run is accepted with what an earlier release knew', () => {
    expect(mergeConfig([]).config.models).toEqual({ manager: 'gpt-4.1-mini', employee: 'gpt-4.1-mini' });
  });

  it('takes the rules of the last user layer, and puts the tiers together', () => {
    const { config, origins } = mergeConfig([
      user({ routing: [rule({ role: 'manager' })], tiers: { strong: 'a', small: 'b' } }, 'file'),
      user({ routing: [rule({ kind: 'data' })], tiers: { strong: 'c' }, importance: 'high' }, 'code'),
    ]);

    expect(config.models).toMatchObject({
      routing: [rule({ kind: 'data' })],
      tiers: { strong: 'c', small: 'b' },
      importance: 'high',
    });
    expect(origins).toMatchObject({ 'models.routing': 'code', 'models.tiers': 'code' });
  });

  it('hears no project file on rules, tiers and importance, and says so', () => {
    const { config, ignored } = mergeConfig([
      project({
        routing: [rule({}, 'dear')],
        tiers: { strong: 'dear' },
        importance: 'high',
        supervisor: 's',
      }),
    ]);

    expect(config.models).toEqual({ manager: 'gpt-4.1-mini', employee: 'gpt-4.1-mini', supervisor: 's' });
    expect(ignored).toEqual(
      ['models.tiers', 'models.importance', 'models.routing'].map((key) => ({
        origin: 'project',
        key,
        problem: 'only your own configuration decides this, or a file you trust (jarvis trust).',
      })),
    );
  });

  it('refuses a rule for a tier that has no model', () => {
    const layers = [user({ tiers: { small: 's' }, routing: [rule({}, 'x'), rule({}, { of: 'strong' })] })];

    expect(() => mergeConfig(layers)).toThrow(
      'user: models.routing: rule 1 asks for the tier "strong". Name its model in models.tiers.strong.',
    );
  });

  it('takes the model of a tier from any layer of the user', () => {
    const { config } = mergeConfig([
      user({ routing: [rule({}, { of: 'strong' })] }, 'file'),
      user({ tiers: { strong: 'big' } }, 'code'),
    ]);

    expect(config.models.routing).toHaveLength(1);
  });

  it('tells of rules that never apply', () => {
    const { ignored } = mergeConfig([user({ routing: [rule({}), rule({ role: 'manager' })] }, 'file')]);

    expect(ignored).toEqual([
      { origin: 'file', key: 'models.routing', problem: 'rule 1 never applies after rule 0.' },
    ]);
  });

  it('gives what the schema of accepted runs reads back unchanged', () => {
    const { config } = mergeConfig([
      user({
        supervisor: 's',
        tiers: { strong: 't' },
        routing: [rule({ round: { min: 2 } }, { of: 'strong' })],
      }),
    ]);

    expect(configSchema.parse(JSON.parse(JSON.stringify(config))).models).toEqual(config.models);
  });
});

describe('parseConfig, models', () => {
  it.each([
    [{ when: { role: 'boss' }, model: 'm', because: 'b' }, 'models.routing.0.when.role', '(it is "boss")'],
    [
      { when: { compexity: 'low' }, model: 'm', because: 'b' },
      'models.routing.0.when.compexity',
      '"complexity"',
    ],
    [{ when: {}, modell: 'm', model: 'm', because: 'b' }, 'models.routing.0.modell', '"model"'],
    [
      { when: { round: { from: 1 } }, model: 'm', because: 'b' },
      'models.routing.0.when.round.from',
      'min, max',
    ],
    [{ when: {}, model: 7, because: 'b' }, 'models.routing.0.model', 'expected the name of a model'],
  ])('refuses the rule %j and names the place', (written, key, hint) => {
    expect(() => parseConfig({ models: { routing: [written] } }, 'file')).toThrow(
      expect.objectContaining({
        problems: [{ origin: 'file', key, problem: expect.stringContaining(hint) as unknown }],
      }),
    );
  });

  it('refuses more than 50 rules', () => {
    const routing = Array.from({ length: 51 }, () => rule({}));

    expect(() => parseConfig({ models: { routing } }, 'file')).toThrow('expected at most 50 rules');
  });
});
