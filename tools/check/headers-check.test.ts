import { describe, expect, it } from 'vitest';

import { headerOf } from './headers-check.ts';

describe('headerOf', () => {
  it.each([
    [
      '#!/usr/bin/env bash\n# run the checks\n# and the tests\nset -e\n',
      '# run the checks\n# and the tests\n',
    ],
    ['<!-- guide.sh -->\n# Guide\n', '<!-- guide.sh -->'],
    ['/* site.css */\nbody {}', '/* site.css */'],
    ['name: ci\n# later', ''],
    ['', ''],
  ])('reads the comment at the start of %j', (text, header) => {
    expect(headerOf(text)).toBe(header);
  });
});
