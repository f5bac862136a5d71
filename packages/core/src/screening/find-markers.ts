import { quoteFrom, type ScreeningFinding } from './screening-finding.ts';

interface Marker {
  readonly kind: ScreeningFinding['kind'];
  readonly severity: ScreeningFinding['severity'];
  /** Every alternative is a fixed text or bounded, so that searching is linear. */
  readonly pattern: RegExp;
  readonly description: string;
}

/** More are not needed to make a person look. */
const MOST = 10;

const MARKERS: readonly Marker[] = [
  {
    kind: 'ignore-rules',
    severity: 'high',
    pattern:
      /<\|(?:im_start|im_end|system|user|assistant|endoftext)\|?>?|\[\/?INST\]|<<\/?SYS>>|<\/?(?:system|assistant|quoted-data|instructions)>/giu,
    description: 'It imitates the marks that separate instructions from data.',
  },
  {
    kind: 'ignore-rules',
    severity: 'high',
    pattern: /(?:^|\n)[#*> ]{0,4}(?:system|assistant|developer)(?: (?:message|prompt|override))?[*]{0,2}:/giu,
    description: 'It speaks as if it were not the person but the program around the model.',
  },
  {
    kind: 'ignore-rules',
    severity: 'medium',
    pattern: /"(?:role|envelope)" {0,3}: {0,3}"(?:system|developer|trusted|instructions)"/giu,
    description: 'It imitates a message of the program around the model.',
  },
  {
    kind: 'ignore-rules',
    severity: 'high',
    // Scripts without spaces between words; in Japanese the verb comes last.
    pattern:
      /(?:忽略|无视|無視|忘记|忘掉)[^。\n]{0,12}(?:指令|指示|规则|規則|提示)|(?:指示|命令|ルール)を?[^。\n]{0,4}(?:無視|忘れ)/gu,
    description: 'It tells the model to drop what it was told before.',
  },
  {
    kind: 'exfiltration',
    severity: 'high',
    pattern: /!\[[^\]\n]{0,80}\]\(https?:\/\/[^\s)=]{1,200}=(?:[A-Z_]{4,40}\b|[<{[$])/gu,
    description: 'A picture is fetched from an address that data are put into.',
  },
  {
    kind: 'outside-path',
    severity: 'high',
    pattern:
      /\/etc\/(?:passwd|shadow|sudoers|hosts|cron)|(?:~|\$home)\/\.[a-z]|\.ssh\/|\.aws\/|\.gnupg|\bid_(?:rsa|ed25519)\b|authorized_keys|\/root\/|\/proc\/(?:self|\d)|docker\.sock|\.(?:bashrc|zshrc|bash_profile)\b|\.git\/(?:hooks|config)|[a-z]:\\(?:windows|users)|%(?:appdata|userprofile)%/giu,
    description: 'It names a place outside the project folder, or one that is refused.',
  },
  {
    kind: 'outside-path',
    severity: 'medium',
    pattern: /(?:\.\.[/\\]){2}|(?:%2e%2e%2f){1,2}/giu,
    description: 'It climbs out of folders, which may lead outside the project.',
  },
];

/** Marks and paths that are suspicious by how they are spelled. */
export function findMarkers(text: string): readonly ScreeningFinding[] {
  return MARKERS.flatMap(({ pattern, ...marker }) => {
    const matches = text.matchAll(pattern).take(MOST);
    return matches
      .map(({ 0: found, index }): ScreeningFinding => ({
        ...marker,
        quote: quoteFrom(text, index, index + found.length + 30).trim(),
        position: index,
      }))
      .toArray();
  });
}
