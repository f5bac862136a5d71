import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { readProcessIdentity } from './process-identity.ts';

const SOURCE = fileURLToPath(new URL('process-identity.ts', import.meta.url));

describe('readProcessIdentity', () => {
  it('is the same each time it is read', () => {
    expect(readProcessIdentity()).toEqual(readProcessIdentity());
    expect(readProcessIdentity().pid).toBe(process.pid);
  });

  it.runIf(process.platform === 'linux')('knows everything there is to know on Linux', () => {
    const identity = readProcessIdentity();

    expect(identity.processStartedAt).toMatch(/^\d+$/u);
    expect(identity.bootId).toMatch(/^[0-9a-f-]{36}$/u);
    expect(identity.pidNamespace).toMatch(/^pid:\[\d+\]$/u);
  });

  it('shares machine, boot and namespace with another process, and nothing else', () => {
    const script = `import { readProcessIdentity } from ${JSON.stringify(SOURCE)};
      process.stdout.write(JSON.stringify(readProcessIdentity()));`;

    const other: unknown = JSON.parse(
      execFileSync(process.execPath, ['--input-type=module-typescript', '--eval', script], {
        encoding: 'utf8',
      }),
    );

    const own = readProcessIdentity();
    expect(other).toMatchObject({ host: own.host, bootId: own.bootId, pidNamespace: own.pidNamespace });
    expect(other).not.toMatchObject({ pid: own.pid });
    expect(other).not.toMatchObject({ processStartedAt: own.processStartedAt });
  });

  it('leaves empty what a system does not tell', () => {
    expect(readProcessIdentity('win32').bootId).toBe('');
  });
});
