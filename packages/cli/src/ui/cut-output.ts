/** Nobody reads more than that on a terminal, and some terminals take minutes for it. */
const LONGEST_OUTPUT = 256 * 1_024;

/**
 * What people are shown at once: at most 256 KB, whole lines where there are any. What is left out is counted, and is
 * in `--json`.
 */
export function cutOutput(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= LONGEST_OUTPUT) return text;
  const head = bytes.toString('utf8', 0, LONGEST_OUTPUT);
  const end = head.lastIndexOf('\n') + 1;
  // A character may have been cut in two.
  const shown = end > 0 ? head.slice(0, end) : `${head.replace(/\uFFFD$/u, '')}…\n`;
  const more = (bytes.length - Buffer.byteLength(shown)).toLocaleString('en');
  return `${shown}… and ${more} more bytes; all of it with --json\n`;
}
