import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

import { BODY_TOO_LARGE, TransportError } from './transport-error.ts';

/**
 * Reads a whole body, never more than `maxBytes` of it.
 *
 * @throws {@link TransportError} when it is larger, or compressed in an unknown way; otherwise what the stream says.
 */
export async function readBody(response: IncomingMessage, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(response)) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function chunksOf(response: IncomingMessage): AsyncIterable<Buffer> {
  // Nothing compressed is asked for, but some proxies compress all the same.
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  switch (encoding) {
    case '':
    case 'identity':
      return response;
    case 'gzip':
    case 'x-gzip':
      return decompress(response, createGunzip());
    case 'deflate':
      return decompress(response, createInflate());
    case 'br':
      return decompress(response, createBrotliDecompress());
    default:
      throw new TransportError({
        code: 'UNKNOWN_ENCODING',
        detail: 'the answer is compressed in a way that was not asked for',
        isSent: true,
      });
  }
}

function decompress(response: IncomingMessage, decompressor: NodeJS.ReadWriteStream & Readable): Readable {
  // The reader of the last stream sees every error; the callback keeps it from being thrown a second time.
  return pipeline(response, decompressor, () => undefined);
}

function tooLarge(maxBytes: number): TransportError {
  return new TransportError({
    code: BODY_TOO_LARGE,
    detail: `the answer is larger than ${String(maxBytes)} bytes`,
    isSent: true,
  });
}
