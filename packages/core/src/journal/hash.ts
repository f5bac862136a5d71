import { hash } from 'node:crypto';

/** The lower-case hex SHA-256 of a text (as UTF-8) or of bytes: 64 characters. */
export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content);
}
