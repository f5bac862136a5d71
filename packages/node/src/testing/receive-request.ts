import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** The largest body that is taken: 50 MB. */
export const MAX_BODY_BYTES = 50 * 1024 * 1024;

/** Headers whose value is a secret. */
const SECRET_HEADERS: readonly string[] = [
  'authorization',
  'proxy-authorization',
  'api-key',
  'x-api-key',
  'cookie',
];

/** An HTTP request that has arrived, with no secret left in it. */
export interface ReceivedRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly hasKey: boolean;
  /** `null` when it was too large or did not arrive whole. */
  readonly body: string | null;
  readonly bodySha256: string;
  readonly arrival: 'whole' | 'too_large' | 'incomplete';
}

/** Reads a request to its end; of a body that is too large, only the hash is kept. */
export async function receiveRequest(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const body = await readBody(incoming);
  return {
    method: incoming.method ?? '',
    path: (incoming.url ?? '').replace(/\?.*$/s, ''),
    headers: withoutSecrets(incoming.headers),
    hasKey: /^Bearer\s+\S/i.test(incoming.headers.authorization ?? ''),
    ...body,
  };
}

async function readBody(
  incoming: IncomingMessage,
): Promise<Pick<ReceivedRequest, 'body' | 'bodySha256' | 'arrival'>> {
  const hash = createHash('sha256');
  const kept: Buffer[] = [];
  let length = 0;
  const chunks: AsyncIterable<Buffer> = incoming;
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) {
        kept.push(chunk);
      }
    }
  } catch {
    // Reading fails only when the client goes away; the log then says that the request is incomplete.
    return { body: null, bodySha256: hash.digest('hex'), arrival: 'incomplete' };
  }
  const bodySha256 = hash.digest('hex');
  return length > MAX_BODY_BYTES
    ? { body: null, bodySha256, arrival: 'too_large' }
    : { body: Buffer.concat(kept).toString(), bodySha256, arrival: 'whole' };
}

function withoutSecrets(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]): [string, string] => {
      const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
      return [name, SECRET_HEADERS.includes(name) ? hashSecret(text) : text];
    }),
  );
}

/** The scheme of an authorization is no secret and no part of the key. */
function hashSecret(value: string): string {
  const secret = value.replace(/^(?:Bearer|Basic)\s+/i, '');
  return `sha256:${createHash('sha256').update(secret).digest('hex')}`;
}
