import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { readRequestLog } from './read-request-log.ts';
import { RequestLog } from './request-log.ts';
import type { RequestArrival } from './request-log.ts';

async function temporaryFile(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'request-log-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'requests.jsonl');
  await writeFile(path, content);
  return path;
}

function arrivalOf(n: number): RequestArrival {
  return {
    n,
    atMs: n,
    method: 'POST',
    path: '/v1/chat/completions',
    body: null,
    bodySha256: '',
    headers: {},
  };
}

const ANSWERED = { outcome: 'answered', status: 200, endedAtMs: 9 } as const;

describe('readRequestLog', () => {
  it('gives back what was logged', async () => {
    const path = await temporaryFile('');
    const log = new RequestLog(path);
    log.open(arrivalOf(1));
    log.open({ ...arrivalOf(2), role: 'manager', stepId: 's', model: 'm', body: { a: [1] } });
    log.end(arrivalOf(1), ANSWERED);
    log.close();

    const entries = await readRequestLog(path);

    expect(entries).toEqual(log.entries);
    expect(entries.map(({ outcome }) => outcome)).toEqual(['answered', 'pending']);
  });

  it('leaves out a line that is still being written', async () => {
    const whole = JSON.stringify({ record: 'request', version: 1, ...arrivalOf(1) });
    const path = await temporaryFile(`${whole}\n{"record":"outcome","ver`);

    const entries = await readRequestLog(path);

    expect(entries).toEqual([{ ...arrivalOf(1), outcome: 'pending', status: null, endedAtMs: null }]);
  });

  it('keeps the requests of a server that used the file before', async () => {
    const path = await temporaryFile('');
    for (const outcome of ['answered', 'cut'] as const) {
      const log = new RequestLog(path);
      log.open(arrivalOf(1));
      log.end(arrivalOf(1), { ...ANSWERED, outcome });
      log.close();
    }

    const entries = await readRequestLog(path);

    expect(entries.map(({ n, outcome }) => [n, outcome])).toEqual([
      [1, 'answered'],
      [1, 'cut'],
    ]);
  });

  it.each(['not JSON', '{"record":"request","version":2}', '{"record":"other"}'])(
    'names the line that is not a record: %s',
    async (line) => {
      const whole = JSON.stringify({ record: 'request', version: 1, ...arrivalOf(1) });
      const path = await temporaryFile(`${whole}\n${line}\n`);

      await expect(readRequestLog(path)).rejects.toMatchObject({
        code: 'JARVIS_FAKE_OPENAI_LOG_DAMAGED',
        path,
        line: 2,
      });
    },
  );
});
