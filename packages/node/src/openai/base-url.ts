import { LlmError } from '@jarvis/core';

/** OpenAI's own API. */
export const OPENAI_BASE_URL = 'https://api.openai.com/v1';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** A server's address as people write it. */
export interface ServerAddress {
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
}

/**
 * Reads a base URL.
 *
 * @throws {@link LlmError} `bad_request` when it is not an http(s) address, or holds a user name or password.
 */
export function parseBaseUrl(baseUrl: string): URL {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || DEFAULT_PORTS[url.protocol] === undefined) {
    throw unusable('the base URL is not an http or https address');
  }
  if (url.username !== '' || url.password !== '') {
    throw unusable('the base URL holds a user name or a password; only an API key is sent');
  }
  return url;
}

/** The host and port a connection to this URL is made to. */
export function addressOf({ protocol, hostname, port }: URL): ServerAddress {
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? (DEFAULT_PORTS[protocol] ?? 0) : Number(port),
  };
}

/** `127.0.0.1:4010`, `[::1]:4010`. */
export function renderAddress({ host, port }: ServerAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

function unusable(seen: string): LlmError {
  return new LlmError({ reason: 'bad_request', seen, mayBeCharged: false });
}
