import type { SecretFinding } from '@jarvis/core';

/** Shorter values would be found everywhere, in characters. */
const SHORTEST = 8;

/** Finds known values in a text, as they are and in base64, hex and URL encoding. */
export function findKnownSecrets(
  path: string,
  content: string,
  knownSecrets: readonly string[],
): readonly SecretFinding[] {
  const lowered = content.toLowerCase();
  return knownSecrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => {
      const position = findIn(content, lowered, secret);
      if (position === -1) return [];
      return [{ path, line: content.slice(0, position).split('\n').length, rule: 'known-secret' }];
    });
}

function findIn(content: string, lowered: string, secret: string): number {
  const bytes = Buffer.from(secret, 'utf8');
  const encoded = [secret, encodeURIComponent(secret), ...base64Forms(bytes)];
  const positions = [...encoded.map((form) => content.indexOf(form)), lowered.indexOf(bytes.toString('hex'))];
  return positions.find((position) => position !== -1) ?? -1;
}

/**
 * Base64 of a value that may stand in the middle of something longer: at each of the three offsets, without the
 * characters that depend on the neighbours.
 */
function base64Forms(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/u, '');
    const inner = shifted.slice(Math.ceil((offset * 4) / 3), -2);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
