import { describe, expect, it } from 'vitest';

import { lintSecrets } from './lint-secrets.ts';
import { createSecretRedactor } from './secret-redactor.ts';
import { findTokens } from './token-shapes.ts';

// Put together here, so that no scanner takes this file for a leak.
const random = (length: number) => 'aB3dE6gH9jKm2Np5Qr8StU1vW4xY7z'.repeat(40).slice(0, length);
const capitals = (length: number) => random(length).toUpperCase();
const hex = (length: number) => '3fa9c1e7b2d4056a'.repeat(20).slice(0, length);
const [BEGIN, END] = ['BEGIN', 'END'].map((word) => `-----${word} PRIVATE KEY-----`);
const BODY = [`MIIE${random(60)}`, random(64), 'q8Lw2vR9zT4mKp7s='];
const PEM = [BEGIN, ...BODY, END].join('\n');
const OPENAI = `sk-proj-${random(74)}T3BlbkFJ${random(74)}`;

/** What it is, the rule that finds it in a file, and what must not be seen of it. */
const samples: readonly (readonly [string, string, string])[] = [
  ['GitHub token', 'github', `ghp_${random(36)}`],
  ['GitHub token', 'github', `github_pat_${random(82)}`],
  ['GitLab token', 'gitlab', `glpat-${random(20)}`],
  ['OpenAI key', 'openai', OPENAI],
  ['Anthropic key', 'anthropic', `sk-ant-api03-${random(93)}AA`],
  ['Groq key', 'groq', `gsk_${random(52)}`],
  ['Hugging Face token', 'huggingface', `hf_${random(34)}`],
  ['AWS key id', 'aws', `AKIA${capitals(16)}`],
  ['Google API key', 'google-api-key', ['AI', 'za', random(35)].join('')],
  ['npm token', 'npm', `npm_${random(36)}`],
  ['Slack token', 'slack', `xoxb-1234567890-${random(24)}`],
  ['Slack webhook', 'slack', `T${random(8)}/B${random(8)}/${random(24)}`],
  ['Stripe key', 'stripe', `sk_live_${random(24)}`],
  ['SendGrid key', 'sendgrid', `SG.${random(22)}.${random(43)}`],
  ['Shopify token', 'shopify', `shpat_${hex(32)}`],
  ['Linear key', 'linear', `lin_api_${random(40)}`],
  ['Notion token', 'notion', `ntn_12345678901${random(35)}`],
  ['Grafana token', 'grafana', `glsa_${random(32)}_${hex(8)}`],
  [
    '1Password token',
    '1password',
    `ops_${Buffer.from(JSON.stringify({ email: random(60), secretKey: random(61) })).toString('base64')}`,
  ],
  ['Vault token', 'hashicorp-vault', `hvs.${random(95)}`],
  ['Vercel token', 'vercel', `vcp_${random(24)}`],
  ['Databricks token', 'databricks', `dapi${hex(32)}`],
  ['Docker token', 'docker', `dckr_pat_${random(27)}`],
  ['Figma token', 'figma', `figd_${random(40)}`],
  ['Cloudflare token', 'cloudflare', `cfut_${random(40)}${hex(8)}`],
  ['Tailscale key', 'tailscale', `tskey-auth-${random(12)}-${random(32)}`],
  ['JSON web token', 'jwt', `eyJ${random(20)}.eyJ${random(40)}.${random(43)}`],
];

const shown = (name: string, secret: string) =>
  name === 'Slack webhook' ? `https://hooks.slack.com/services/${secret}` : secret;

const redact = createSecretRedactor([]);

describe('what looks like a secret', () => {
  it.each(samples)('is taken out as what it is: %s (%s)', (name, _, secret) => {
    const text = `before\n${shown(name, secret)}\nkept ${shown(name, secret)}, and more.\n`;

    const redacted = redact(text);

    expect(redacted).not.toContain(secret.slice(-16));
    expect(redacted).toMatch(
      new RegExp(`^before\\n.*\\[redacted: ${name}\\]\\nkept .*, and more\\.\\n$`, 'u'),
    );
  });

  it.each(samples)('is taken out of JSON that stays JSON: %s (%s)', (name, _, secret) => {
    const inner = JSON.stringify({ content: `a\n${shown(name, secret)}\n` });
    const lines = `${JSON.stringify({ seq: 1, text: inner })}\n${JSON.stringify([shown(name, secret)])}\n`;

    const [first = '', second = '', rest] = redact(lines).split('\n');

    const texts = JSON.stringify([JSON.parse(first), JSON.parse(second)]);
    expect(texts).not.toContain(secret.slice(-16));
    expect(texts.split(`[redacted: ${name}]`)).toHaveLength(3);
    expect(JSON.parse(first)).toMatchObject({ seq: 1 });
    expect(rest).toBe('');
  });

  it.each(samples)('is found when it was cut: %s (%s)', (name, _, secret) => {
    const part = secret.slice(0, Math.ceil(secret.length * 0.6));

    const redacted = redact(`It said: ${shown(name, part)}…\n`);

    expect(redacted).toContain(`[redacted: ${name}]`);
    expect(redacted).not.toContain(part);
  });

  it.each(samples)('is what the search of files finds: %s (%s)', async (name, rule, secret) => {
    const content = `${shown(name, secret)}\n`;
    const rulesOf = async (text: string) => [
      ...(await lintSecrets({ path: 'a.txt', content: text })).map((found) => found.rule),
      ...findTokens(text).map((found) => found.rule),
    ];

    const rules = await rulesOf(content);

    expect(rules).toContain(rule);
    expect(await rulesOf(redact(content))).toEqual([]);
  });

  it.each([...samples.map(([name, , secret]) => shown(name, secret)), PEM, `token="${random(32)}"`])(
    'is redacted once for all: %j',
    (text) => {
      const redacted = redact(text);

      expect(redact(redacted)).toBe(redacted);
    },
  );
});

describe('a private key', () => {
  const LINES = [BEGIN, '[redacted: private key]', '…', '…', END];

  it('keeps its first and last line, and the lines around it', () => {
    expect(redact(`a\n${PEM}\nnext: jarvis show\n`)).toBe(`a\n${LINES.join('\n')}\nnext: jarvis show\n`);
  });

  it.each([
    ['in JSON', JSON.stringify({ a: PEM, b: 1 })],
    ['in JSON in JSON', JSON.stringify({ a: JSON.stringify({ key: PEM }), b: 1 })],
    ['line by line in a list', JSON.stringify({ a: PEM.split('\n'), b: 1 }, null, 2)],
    ['in code in JSON', JSON.stringify({ a: PEM.split('\n').join('\\n" +\n  "'), b: 1 })],
  ])('leaves JSON what it is: %s', (_, text) => {
    const redacted = redact(text);

    expect(JSON.parse(redacted)).toMatchObject({ b: 1 });
    for (const line of BODY) expect(redacted).not.toContain(line.slice(0, 16));
    expect(redacted).toContain('[redacted: private key]');
  });

  it('is found without its end, down to where it was cut', () => {
    const redacted = redact(`  1. ${PEM.replaceAll('\n', ' ').slice(0, 130)}…\n  2. All the other things\n`);

    expect(redacted).toBe(`  1. ${BEGIN ?? ''} [redacted: private key] ……\n  2. All the other things\n`);
  });

  it.each([
    `if (text.startsWith('${BEGIN ?? ''}')) return 'pem';\n`,
    `placeholder="${BEGIN ?? ''}\\n...\\n${END ?? ''}"`,
    `${BEGIN ?? ''}\n${'x'.repeat(64)}\n${END ?? ''}`,
    `-----BEGIN PUBLIC KEY-----\n${BODY.join('\n')}\n-----END PUBLIC KEY-----`,
    `${BEGIN ?? ''} is how a key begins, and it goes on with letters.`,
  ])('is not what only speaks of one: %j', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('a password', () => {
  it.each([
    [
      'postgres://ada:q8Lw2vR9@db.example.org/shop',
      'postgres://ada:[redacted: password]@db.example.org/shop',
    ],
    ['mongodb+srv://ada:p%40ss@db.example.org', 'mongodb+srv://ada:[redacted: password]@db.example.org'],
    ['{"url":"redis://:hush@127.0.0.1"}', '{"url":"redis://:[redacted: password]@127.0.0.1"}'],
    ['https://ada:hush@example.org/x', 'https://ada:[redacted: password]@example.org/x'],
    ['Authorization: Basic YWRhOmh1c2g=', 'Authorization: Basic [redacted: credentials]'],
    ['-H "authorization: Bearer abc.def-ghi"', '-H "authorization: Bearer [redacted: credentials]"'],
    ['Bearer 8f3a9c1e7b2d4056a1', 'Bearer [redacted: credentials]'],
    ['{"api_key":"q8Lw2vR9zT4mKp7s"}', '{"api_key":"[redacted: secret value]"}'],
    ['"{\\"api_key\\": \\"q8Lw2vR9zT4mKp7s\\"}"', '"{\\"api_key\\": \\"[redacted: secret value]\\"}"'],
    ['"a: 1\\nexport api_key=q8Lw2vR9zT4mKp7s\\n"', '"a: 1\\nexport api_key=[redacted: secret value]\\n"'],
    ['  db.password: q8Lw2vR9zT4mKp7s', '  db.password: [redacted: secret value]'],
    ['run TOKEN=q8Lw2vR9zT4mKp7s npm publish', 'run TOKEN=[redacted: secret value] npm publish'],
    [
      `aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzKEY`,
      'aws_secret_access_key = [redacted: AWS secret key]',
    ],
  ])('is taken out where it stands: %s', (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });
});

describe('what is no secret', () => {
  it.each([
    'Run 20261122-160057-k3f9az in /home/ada/sk-learn-2024-guide/src/sk-navigation-menu.ts',
    'risk-assessment of the task-list, bearer of news, Bearer authentication is documented',
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 da39a3ee5e6b4b0d3255bfef95601890afd80709',
    'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DcNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==',
    '{"inputTokens":123456,"outputTokens":2345,"cachedInputTokens":0,"maxOutputTokens":16384}',
    'const apiKey = sha256HashOfBase64Value2; const token = await createToken2x(user4.email, salt8Value);',
    'src/ghp_components/npm_lifecycle_event_handlers.ts, hf_hub_download_the_model, cfk_, AIza, eyJ, SG.',
    'http://127.0.0.1:8080/a@b https://example.org:443?x=a@b ssh://git@github.com/a/b.git http://[::1]:80/@x',
    'postgres://user:${PASSWORD}@host and postgres://user:<password>@host',
    '018f3c5e-8b7a-7c3d-9e2f-1a2b3c4d5e6f 1795363200000 01ARZ3NDEKTSV4RRFFQ69G5FAV',
    'data:application/json;base64,eyJuYW1lIjoiUnllICYgU2hpbmUiLCJrIjoxfQ==',
    'It is kept in OPENAI_API_KEY; keys look like sk-proj-… and ghp_token… do.',
    `data:font/woff2;base64,d09GMgABAAAAA${random(40)}hf_${random(40)}`,
  ])('stays: %s', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('a hostile text', () => {
  const parts = [
    'a',
    'sk-',
    '-----BEGIN',
    `${BEGIN ?? ''}\n`,
    `${BEGIN ?? ''}\n${'A'.repeat(45)}\n`,
    'eyJ',
    'eyJaaaaaaaaaa.',
    'http://a:',
    'token=',
    'token="',
    'bearer ',
    'authorization: ',
    'secret_key: "',
    '\n-',
    '\\',
    '\\n',
    'SG.',
    '…',
    'AKIA',
    ' + ',
  ];

  it.each(parts)('of a megabyte of %j is read in time linear in its length, and stays', (part) => {
    const text = part.repeat(Math.ceil(1_000_000 / part.length));

    expect(createSecretRedactor(['sk-proj-Zq7wT5vXk2Lm9Rb4'])(text)).toBe(text);
  });
});
