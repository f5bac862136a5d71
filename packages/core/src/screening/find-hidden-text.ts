import { quoteFrom, type ScreeningFinding } from './screening-finding.ts';

/** How two characters are to be shown as one: part of emoji and of several scripts, when letters stand around it. */
const JOINED = /[\p{L}\p{M}\p{Extended_Pictographic}\p{EMod}\uFE0F]/u;

const TAG = /[\u{E0000}-\u{E007F}]+/gu;
const BIDI = /[\u202A-\u202E\u2066-\u2069]/gu;
const ZERO_WIDTH = /[\u00AD\u180E\u200B-\u200D\u2060-\u2064\uFEFF]/gu;
const VARIATION = /[\u{FE00}-\u{FE0D}\u{E0100}-\u{E01EF}]{4,}/gu;

/** How flags of regions such as Scotland begin; their letters are tags. */
const FLAG = '\u{1F3F4}';

/** Characters a model reads and a person does not see. */
export function findHiddenText(text: string): readonly ScreeningFinding[] {
  return [
    ...tell(
      text,
      text.matchAll(TAG).filter(({ index }) => !text.startsWith(FLAG, index - FLAG.length)),
      {
        severity: 'high',
        describe: (hidden) => `Unicode tags, which nobody sees, spell "${readTags(hidden)}".`,
      },
    ),
    ...tell(text, text.matchAll(BIDI), {
      severity: 'high',
      describe: () => 'A control character makes the text look different from what it says.',
    }),
    ...tell(
      text,
      text.matchAll(ZERO_WIDTH).filter(({ index }) => !isJoiner(text, index)),
      {
        severity: 'medium',
        describe: () => 'There is a character without width, which nobody sees.',
      },
    ),
    ...tell(text, text.matchAll(VARIATION), {
      severity: 'high',
      describe: () => 'A row of variation selectors, which nobody sees, can carry a text.',
    }),
  ];
}

interface Telling {
  readonly severity: ScreeningFinding['severity'];
  readonly describe: (hidden: string) => string;
}

/** One finding for all of a sort, at the first place. */
function tell(
  text: string,
  matches: Iterable<RegExpExecArray>,
  { severity, describe }: Telling,
): readonly ScreeningFinding[] {
  let first: RegExpExecArray | undefined;
  let count = 0;
  for (const match of matches) {
    first ??= match;
    count += 1;
  }
  if (first === undefined) return [];
  const { index: position, 0: hidden } = first;
  const more = count === 1 ? '' : ` There are ${String(count)} such places.`;
  return [
    {
      kind: 'hidden-text',
      severity,
      quote: quoteFrom(text, position, position + hidden.length + 20),
      position,
      description: describe(hidden) + more,
    },
  ];
}

const MOST_READ = 80;

function readTags(hidden: string): string {
  const letters = Array.from(hidden.slice(0, 2 * MOST_READ), (tag) => (tag.codePointAt(0) ?? 0) - 0xe0000);
  return letters
    .filter((code) => code >= 0x20 && code < 0x7f)
    .map((code) => String.fromCharCode(code))
    .join('');
}

function isJoiner(text: string, index: number): boolean {
  const unit = text[index];
  if (unit !== '\u200C' && unit !== '\u200D') return false;
  const before = Array.from(text.slice(Math.max(0, index - 2), index)).at(-1) ?? '';
  const [after = ''] = text.slice(index + 1, index + 3);
  return JOINED.test(before) && JOINED.test(after);
}
