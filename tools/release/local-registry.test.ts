import { describe, expect, it } from 'vitest';

import { toConfig } from './local-registry.ts';

describe('toConfig', () => {
  it('keeps our packages away from the registry upstream', () => {
    const config = toConfig({ folder: '/tmp/registry', upstream: 'https://registry.example/' });

    expect(config).toMatchObject({
      packages: {
        '@jarvis/*': { access: '$all', publish: '$all' },
        '**': { access: '$all', proxy: 'upstream' },
      },
      uplinks: { upstream: { url: 'https://registry.example/' } },
    });
    expect(JSON.stringify(config)).not.toContain('"@jarvis/*":{"access":"$all","publish":"$all","proxy"');
  });
});
