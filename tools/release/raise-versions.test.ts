import { describe, expect, it } from 'vitest';

import { stampVersion } from './raise-versions.ts';

const SOURCE = `/** The version. */\nexport const RELEASE = '0.1.0';\nexport const OTHER = '0.1.0';\n`;

describe('stampVersion', () => {
  it('changes the one constant and nothing else', () => {
    const stamped = stampVersion(SOURCE, 'RELEASE', '0.2.0');

    expect(stamped).toBe(
      `/** The version. */\nexport const RELEASE = '0.2.0';\nexport const OTHER = '0.1.0';\n`,
    );
  });

  it('refuses a source that does not carry the constant', () => {
    expect(() => stampVersion(SOURCE, 'VERSION', '0.2.0')).toThrow('export const VERSION');
  });
});
