import { describe, expect, it } from 'vitest';

import { findAssignedSecrets } from './assigned-secrets.ts';

const find = (path: string, content: string) => findAssignedSecrets({ path, content });

describe('findAssignedSecrets', () => {
  it.each([
    ['config.yaml', 'api_key: q8Lw2vR9zT4mKp7s'],
    ['config.yaml', '  "client-secret": 8f3a9c1e7b2d4056a1'],
    ['values', 'db.password = q8Lw2vR9zT4mKp7s'],
    ['deploy.sh', 'export api_token=q8Lw2vR9zT4mKp7s'],
    ['readme.md', '# SECRET_KEY=q8Lw2vR9zT4mKp7s'],
    ['app.py', '# export SECRET_KEY=q8Lw2vR9zT4mKp7s'],
    ['Dockerfile', 'ENV API_KEY=q8Lw2vR9zT4mKp7s'],
    ['run.ts', 'exec(`TOKEN=q8Lw2vR9zT4mKp7s npm publish`)'],
    ['app.py', 'api_key = "q8Lw2vR9zT4mKp7s"'],
    ['app.py', "PASSPHRASE = 'q8Lw2vR9zT4mKp7s'"],
  ])('in %s finds %j', (path, line) => {
    expect(find(path, `first\n${line}\nlast`)).toEqual([2]);
  });

  it.each([
    ['app.ts', 'const apiKey = sha256HashOfBase64Value2;'],
    ['app.ts', '  token: generateToken2FromBase64x3,'],
    ['app.ts', 'const token = await createToken2x(user4.email, salt8Value);'],
    ['app.ts', 'interface A { secret: Base64EncodedSha256Digest }'],
    ['app.ts', "const SUBJECT_TOKEN = 'urn:params:oauth:token-type:x509';"],
    ['app.py', 'password = hash_password_with_sha512_v2x'],
    ['app.py', 'API_KEY = os.environ["API_KEY_2"]'],
    ['app.go', 'token := newToken4Base64Url9'],
    ['page.html', '<input type="password" name="password2" autocomplete="new-password">'],
    ['page.css', '--token: color-mix(in srgb, #a1b2c3 50%, #d4e5f6)'],
    ['ci.yml', 'token: ${{ secrets.GITHUB_TOKEN_2024_V2 }}'],
    ['ci.yml', 'password: ${DB_PASSWORD_2024_MAIN}'],
    ['ci.yml', 'secretName: app-tls-9f8e7d6c5b4a3928'],
    ['compose.yml', 'POSTGRES_PASSWORD=postgres'],
    ['compose.yml', 'DB_PASSWORD_FILE=/run/secrets/db2_password_v1x'],
    ['compose.yml', 'password: /run/secrets/db2_password_v1x'],
    ['compose.yml', 'secret: my-app-secret-2024-01'],
    ['.env.example', 'API_KEY=your-api-key-goes-here-123'],
    ['.env.example', 'SECRET_KEY=change-me-1234567890abc'],
    ['.env.example', 'API_TOKEN='],
    ['.env.example', 'JWT_SECRET=dev-secret-key-2024'],
    ['readme.md', 'Set the password: at least 16 characters, 2 digits and 1 sign.'],
    ['readme.md', 'The token: see https://example.org/docs/v2/tokens#a1b2c3d4'],
    ['package-lock.json', '"integrity": "sha512-q8Lw2vR9zT4mKp7sXy1aB8cD3eF6gH0jK5lM"'],
    ['min.js', 'var a={token:b64x2y3z4w5v6u7t8,key:c1d2e3f4g5h6i7j8};'],
    ['Makefile', 'TOKEN=$(shell cat token2.txt | base64 | sha256sum)'],
    ['a.toml', 'max_tokens = 1234567890123456'],
  ])('in %s takes no offence at %j', (path, line) => {
    expect(find(path, line)).toEqual([]);
  });

  it.each(['SECRET=', 'secret: ', 'api_key=a1', "token='", '# - ', 'a.b-', 'PASSWORD=a1b2'])(
    'takes for eight times as much of %j no more than about eight times as long',
    (part) => {
      const timeOf = (bytes: number) => {
        const startedMs = performance.now();
        find('a.yml', part.repeat(bytes / part.length));
        return performance.now() - startedMs;
      };

      const small = Math.min(timeOf(250_000), timeOf(250_000), timeOf(250_000));
      const large = Math.min(timeOf(2_000_000), timeOf(2_000_000));

      // What grows with the square would take 64 times as long.
      expect(large / small).toBeLessThan(32);
    },
  );
});
