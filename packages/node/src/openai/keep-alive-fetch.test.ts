import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { describe, expect, it, onTestFinished } from 'vitest';

import { createKeepAliveFetch } from './keep-alive-fetch.ts';

const fetch = createKeepAliveFetch({ apiKey: 'sk-test-0123456789', maxBodyBytes: 10_000 });

const failureOf = (response: Promise<Response>) =>
  response.then(
    () => 'no failure',
    (error: unknown) => error,
  );

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
  });
  let connections = 0;
  server.on('connection', () => (connections += 1));
  return {
    url: `http://127.0.0.1:${String(await listen(server))}/v1/chat/completions`,
    connections: () => connections,
  };
}

/** A server that sends these bytes to whoever connects and asks. */
async function serveBytes(bytes: string) {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined); // the client may be gone
    socket.once('data', () => socket.end(bytes, 'latin1'));
  });
  return `http://127.0.0.1:${String(await listen(server))}/`;
}

describe('createKeepAliveFetch', () => {
  it('asks again over the connection it has', async () => {
    const { url, connections } = await serve((asked, response) => {
      asked.resume().on('end', () => response.end('{}'));
    });

    for (let n = 0; n < 5; n += 1) await fetch(url, { body: '{}' });

    expect(connections()).toBe(1);
  });

  it('sends what it is given, in UTF-8', async () => {
    const { url } = await serve((asked, response) => void asked.pipe(response));

    const response = await fetch(url, { body: '{"a":"Brötchen 🥐"}' });

    expect(await response.text()).toBe('{"a":"Brötchen 🥐"}');
  });

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', (text: string) => Buffer.from(text)],
  ])('reads a body in %s, although it does not ask for compression', async (encoding, compress) => {
    const { url } = await serve((_asked, response) => {
      response.setHeader('content-encoding', encoding).end(compress('{"a":1}'));
    });

    expect(await (await fetch(url, { body: '{}' })).json()).toEqual({ a: 1 });
  });

  it('F37: bounds a body after decompression', async () => {
    const { url } = await serve((_asked, response) => {
      response.setHeader('content-encoding', 'gzip').end(gzipSync('a'.repeat(2_000_000)));
    });

    expect(await failureOf(fetch(url, { body: '{}' }))).toMatchObject({
      code: 'BODY_TOO_LARGE',
      isSent: true,
    });
  });

  it('F37: takes a body of exactly the limit', async () => {
    const { url } = await serve((_asked, response) => response.end('a'.repeat(10_000)));

    expect(await (await fetch(url, { body: '{}' })).text()).toHaveLength(10_000);
  });

  it.each([
    [
      'a compression it does not know',
      'HTTP/1.1 200 OK\r\ncontent-encoding: zstd\r\n\r\nxx',
      'UNKNOWN_ENCODING',
    ],
    [
      'compressed data that is cut',
      `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n${gzipSync('abc').toString('latin1', 0, 8)}`,
      'Z_BUF_ERROR',
    ],
    ['another protocol', '220 smtp.example.org ready\r\n', 'HPE_INVALID_CONSTANT'],
    ['a status beyond all', 'HTTP/1.1 999 Odd\r\ncontent-length: 2\r\n\r\n{}', 'UNKNOWN'],
    ['headers without end', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}`, 'HPE_HEADER_OVERFLOW'],
    ['half of its headers', 'HTTP/1.1 200 OK\r\ncontent-', 'ECONNRESET'],
  ])('F35: fails on %s after the request was sent', async (_case, bytes, code) => {
    const url = await serveBytes(bytes);

    expect(await failureOf(fetch(url, { body: '{}' }))).toMatchObject({ code, isSent: true });
  });

  it('F35: knows that nothing was sent when the TLS handshake fails', async () => {
    const server = createTlsServer({}, () => undefined);
    server.on('tlsClientError', () => undefined); // it has no certificate on purpose
    const port = await listen(server);

    const failure = await failureOf(fetch(`https://127.0.0.1:${String(port)}/`, { body: '{}' }));

    expect(failure).toMatchObject({ code: expect.stringMatching(/SSL|EPROTO/) as string, isSent: false });
  });

  it('refuses a body that is no text', async () => {
    expect(await failureOf(fetch('http://127.0.0.1:9/'))).toBeInstanceOf(TypeError);
  });
});
