import { describe, expect, it } from 'vitest';

import { addressOf, parseBaseUrl, renderAddress } from './base-url.ts';

describe('addressOf', () => {
  it.each([
    ['http://127.0.0.1:4010/v1', '127.0.0.1:4010'],
    ['http://localhost/v1', 'localhost:80'],
    ['https://api.openai.com/v1', 'api.openai.com:443'],
    ['http://[::1]:8080/v1', '[::1]:8080'],
    ['https://[2001:db8::1]', '[2001:db8::1]:443'],
  ])('finds where %s is: %s', (baseUrl, address) => {
    expect(renderAddress(addressOf(parseBaseUrl(baseUrl)))).toBe(address);
  });

  it('gives the host without brackets, as sockets want it', () => {
    expect(addressOf(parseBaseUrl('http://[::1]:8080'))).toEqual({ host: '::1', port: 8080 });
  });
});

describe('parseBaseUrl', () => {
  it.each([
    ['', 'not an http or https address'],
    ['ftp://example.org', 'not an http or https address'],
    ['http://', 'not an http or https address'],
    ['https://me:hush-hush@example.org', 'holds a user name or a password'],
  ])('refuses %j, which is none: %s', (baseUrl, seen) => {
    expect(() => parseBaseUrl(baseUrl)).toThrow(seen);
  });

  it('does not show a password', () => {
    expect(() => parseBaseUrl('https://me:hush-hush@example.org')).toThrow(/^(?!.*hush).*$/);
  });
});
