import { describe, expect, it } from 'vitest';

import { createSecretRedactor } from './secret-redactor.ts';

const KEY = 'sk-proj-Zq7wT5vXk2Lm9Rb4';
const redact = createSecretRedactor([KEY]);

const forms = {
  plain: KEY,
  backwards: Array.from(KEY).reverse().join(''),
  hex: Buffer.from(KEY).toString('hex'),
  base64: Buffer.from(KEY).toString('base64'),
  'a part of a longer base64': Buffer.from(`a: ${KEY}, b`).toString('base64url'),
  'URL escapes': KEY.replaceAll('-', '%2D'),
  'HTML escapes': KEY.replaceAll('-', '&#45;'),
  'character codes': [...Buffer.from(KEY)].join(', '),
  'pieces joined by code': KEY.match(/.{1,6}/gu)?.join("' + '") ?? '',
};

describe('createSecretRedactor', () => {
  it('leaves texts without a secret as they are', () => {
    const text = '{"a":1}\n  not really JSON\u001b\n';

    expect(redact(text)).toBe(text);
    expect(createSecretRedactor([])('hush-hush\n')).toBe('hush-hush\n');
  });

  it.each(Object.entries(forms))('takes out the line that holds it: %s', (_, form) => {
    const redacted = redact(`before\nthe key ${form}\nafter\n`);

    expect(redacted).toMatch(/^before\n[^\n]*\[redacted: API key\][^\n]*\nafter\n$/u);
    expect(redacted).not.toContain(form);
  });

  it.each(Object.entries(forms))('keeps a document one of JSON: %s', (_, form) => {
    const redacted = redact(JSON.stringify({ list: [`key ${form}`, 1, null], [form]: 'x', rest: 'y' }));

    const parsed: unknown = JSON.parse(redacted);
    expect(parsed).toMatchObject({
      list: [expect.stringContaining('[redacted: API key]'), 1, null],
      rest: 'y',
    });
    expect(redacted).not.toContain(form);
  });

  it('finds a secret that JSON had to escape', () => {
    const odd = 'key"with\\marks-1234567890';

    const redacted = createSecretRedactor([odd])(JSON.stringify({ odd, rest: 'y' }));

    expect(JSON.parse(redacted)).toEqual({ odd: '[redacted: API key]', rest: 'y' });
  });

  it('shows nothing of a text over which a secret is spread', () => {
    const spread = `${KEY.slice(0, 12)}\n${KEY.slice(12)}\n`;

    expect(redact(spread)).toBe('"[redacted: API key]"\n');
    expect(redact(JSON.stringify([KEY.slice(0, 12), KEY.slice(12)]))).toBe('"[redacted: API key]"\n');
  });
});
