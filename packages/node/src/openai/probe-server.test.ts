import { once } from 'node:events';
import { createServer } from 'node:net';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { probeServer } from './probe-server.ts';

const never = new AbortController().signal;

/** A listener that notes what it is sent. */
async function listen(host = '127.0.0.1') {
  const received: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('data', (bytes: Buffer) => received.push(bytes));
    socket.on('error', () => undefined); // the probe hangs up as soon as it is connected
  });
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return { server, received, port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
}

describe('probeServer', () => {
  it('is content when something listens, and sends nothing', async () => {
    const { server, received, port } = await listen();
    const hungUp = new Promise<void>((resolve) => {
      server.once('connection', (socket) => socket.once('close', () => resolve()));
    });

    await probeServer(`http://127.0.0.1:${String(port)}/v1`, never);

    await hungUp;
    expect(received).toEqual([]);
  });

  it('names host and port when nothing listens', async () => {
    const { server, port } = await listen();
    server.close();
    await once(server, 'close');

    const error = await probeServer(`http://127.0.0.1:${String(port)}/v1`, never).catch(
      (thrown: unknown) => thrown,
    );

    expect(error).toMatchObject({ code: 'JARVIS_LLM_CONNECTION_REFUSED', mayBeCharged: false });
    expect(error).toHaveProperty(
      'message',
      `The model server gave no answer: nothing listens at 127.0.0.1:${String(port)} (ECONNREFUSED). ` +
        'Check the base URL (--base-url, OPENAI_BASE_URL) and that the server is running.',
    );
  });

  it('names a host that does not exist', async () => {
    // No name has a part that long, so nobody is asked for it.
    const host = `${'a'.repeat(64)}.invalid`;

    const error = await probeServer(`https://${host}/v1`, never).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'JARVIS_LLM_CONNECTION_REFUSED' });
    expect(error).toHaveProperty(
      'message',
      expect.stringContaining(`the host name of ${host}:443 is not known`),
    );
  });

  it('rejects with the reason of its signal', async () => {
    const { port } = await listen();
    const reason = new Error('stop');

    await expect(probeServer(`http://127.0.0.1:${String(port)}`, AbortSignal.abort(reason))).rejects.toBe(
      reason,
    );
  });

  it('gives up after 3 seconds', async () => {
    const { port } = await listen();
    const over = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());

    const error = await probeServer(`http://127.0.0.1:${String(port)}`, never).catch(
      (thrown: unknown) => thrown,
    );

    expect(over).toHaveBeenCalledWith(3_000);
    expect(error).toMatchObject({ code: 'JARVIS_LLM_CONNECTION_REFUSED' });
    expect(error).toHaveProperty(
      'message',
      expect.stringContaining(`127.0.0.1:${String(port)} did not answer within 3 s`),
    );
  });

  it('refuses what is no base URL', async () => {
    await expect(probeServer('127.0.0.1:80', never)).rejects.toMatchObject({ reason: 'bad_request' });
  });
});
