import { quoteFrom, type ScreeningFinding } from './screening-finding.ts';

/** Longer than a hash, which is what tasks have reason to name. */
const LEAST_LENGTH = 80;

/** More are not needed to make a person look. */
const MOST = 10;

const RUN = /[A-Za-z0-9+/=_%\\-]+/gu;

/** Text that only a program reads, unless it is a picture. */
export function findBlobs(text: string): readonly ScreeningFinding[] {
  return text
    .matchAll(RUN)
    .filter(({ 0: run, index }) => run.length >= LEAST_LENGTH && isEncoded(run) && !isPicture(text, index))
    .take(MOST)
    .map(({ 0: run, index }): ScreeningFinding => ({
      kind: 'encoded-text',
      severity: 'medium',
      quote: quoteFrom(text, index, index + run.length),
      position: index,
      description: `${String(run.length)} characters of encoded text, which a person cannot read.`,
    }))
    .toArray();
}

function isEncoded(run: string): boolean {
  const hasSmall = /[a-z]/u.test(run);
  const hasLarge = /[A-Z]/u.test(run);
  return /\d/u.test(run) && (hasSmall || hasLarge) && isDense(run);
}

/** Rows of dashes and paths are long, too, and made of other characters. */
function isDense(run: string): boolean {
  const letters = run.match(/[A-Za-z0-9]/gu)?.length ?? 0;
  const slashes = run.match(/[/_-]/gu)?.length ?? 0;
  return letters > run.length * 0.6 && slashes < run.length * 0.06;
}

function isPicture(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 40), index);
  return /data:(?:image|font)\/[a-z0-9.+-]{1,20};base64,$/u.test(before);
}
