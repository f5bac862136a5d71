import { extname } from 'node:path';

import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';

/** A text to search. */
export interface SecretTask {
  readonly path: string;
  readonly content: string;
}

/** Where secretlint found a secret, without its value. */
export interface LintedSecret {
  readonly line: number;
  /** The line on which it ends. */
  readonly lastLine: number;
  readonly rule: string;
}

const PREFIX = '@secretlint/secretlint-rule-';

/** Comes with the ids of keys, but the number of an account is no secret. */
const ACCOUNT_ID = 'AWSAccountID';

/** Searches a text with the recommended rules of secretlint. */
export async function lintSecrets({ path, content }: SecretTask): Promise<readonly LintedSecret[]> {
  const result = await lintSource({
    source: { filePath: path, ext: extname(path), content, contentType: 'text' },
    options: {
      noPhysicFilePath: true,
      maskSecrets: true,
      config: {
        rules: [
          {
            id: creator.meta.id,
            rule: creator,
            // Whoever writes a secret into a file does not decide by a comment that it is none.
            rules: [
              { id: `${PREFIX}filter-comments`, disabled: true },
              // The id of a key, too: where it stands the key is not far.
              { id: `${PREFIX}aws`, options: { enableIDScanRule: true } },
            ],
          },
        ],
      },
    },
  });
  return result.messages
    .filter(({ messageId }) => messageId !== ACCOUNT_ID)
    .map(({ ruleId, loc }) => ({
      line: loc.start.line,
      lastLine: loc.end.line,
      rule: ruleId.replace(PREFIX, ''),
    }));
}
