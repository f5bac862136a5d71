import type { SecretFinding, SecretScanner } from '@jarvis/core';

import { findKnownSecrets } from './known-secrets.ts';
import { findAssignedSecrets } from './assigned-secrets.ts';

export interface SecretlintScannerOptions {
  /** Values that must not appear in any file, in any common encoding: the key of the model server. */
  readonly knownSecrets: readonly string[];
}

type Lint = (path: string, content: string) => Promise<readonly SecretFinding[]>;

const PRESET = '@secretlint/secretlint-rule-preset-recommend';

/**
 * Finds secrets with secretlint's recommended rules, assignments to names such as `api_key`, and known values in
 * plain, base64, hex and URL encoding. Values never leave it.
 */
export function createSecretlintScanner({ knownSecrets }: SecretlintScannerOptions): SecretScanner {
  let lint: Promise<Lint> | undefined;
  return {
    async scan(files) {
      lint ??= loadSecretlint();
      const loaded = await lint;
      const found = await Promise.all(
        files.map(async ({ path, content }) => [
          ...(await loaded(path, content)),
          ...findAssignedSecrets(path, content),
          ...findKnownSecrets(path, content, knownSecrets),
        ]),
      );
      return found.flat();
    },
  };
}

async function loadSecretlint(): Promise<Lint> {
  const [{ lintSource }, { creator }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  const config = { rules: [{ id: PRESET, rule: creator, options: {} }] };
  return async (path, content) => {
    const source = { filePath: path, content: withoutDirectives(content), contentType: 'text' as const };
    const { messages } = await lintSource({
      source,
      options: { config, maskSecrets: true, noPhysicFilePath: true },
    });
    return messages.map(({ loc, ruleId }) => ({
      path,
      line: loc.start.line,
      rule: ruleId.replace('@secretlint/', ''),
    }));
  };
}

/** A comment in the file could switch the rules off, and the file was written by whoever is checked. */
function withoutDirectives(content: string): string {
  return content.replaceAll('secretlint-disable', 'secretlint-checked');
}
