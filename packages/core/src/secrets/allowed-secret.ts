import { z } from 'zod';

/** The rule for values that are known: no entry of a list makes one of them harmless. */
const KNOWN_SECRET_RULE = 'known-secret';

const filePattern = z
  .string()
  .min(1)
  .max(1_000)
  .refine(
    (pattern) => !/^\/|\\|(?:^|\/)\.{0,2}(?:\/|$)/u.test(pattern),
    'expected a path relative to the project folder, in which * stands for a part of a name and ** for any folders',
  );

const ruleName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,99}$/u, 'expected the name of a rule as findings give it')
  .refine(
    (rule) => !rule.startsWith(KNOWN_SECRET_RULE),
    'expected the name of another rule: the key models are called with is never allowed',
  );

const allowedSecretSchema = z.strictObject({
  file: filePattern.describe('A path relative to the project folder, or a pattern such as "test/**/*.pem".'),
  rule: ruleName.describe('The rule that finds it, for example "github".'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/u, 'expected 64 hexadecimal digits in lower case')
    .describe('The SHA-256 of the lines it stands on, without their line ends, joined.'),
});

/** Something that looks like a secret and is none, as a person has said. */
export type AllowedSecret = Readonly<z.infer<typeof allowedSecretSchema>>;

/** The section `secrets` as users write it. */
export const secretsSection = z
  .strictObject({
    allow: z
      .array(allowedSecretSchema)
      .max(1_000, 'expected at most 1000 entries')
      .readonly()
      .describe('What looks like a secret and is none, by file, rule and hash. Default: none.'),
  })
  .partial();
