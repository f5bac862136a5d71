import type { Writable } from 'node:stream';

/**
 * Writes only whole lines, each text redacted in one piece with what was left of the one before: half a secret at the
 * end of one write and half at the beginning of the next are found. What never gets its line end is written when the
 * process ends.
 */
export function redactedWriter(
  stream: Pick<Writable, 'write'>,
  redact: (text: string) => string,
): (text: string) => void {
  let kept = '';
  const flush = () => {
    if (kept !== '') stream.write(redact(kept));
    kept = '';
  };
  return (text) => {
    const whole = kept + text;
    const end = whole.lastIndexOf('\n') + 1;
    if (end > 0) stream.write(redact(whole.slice(0, end)));
    const hadRest = kept !== '';
    kept = whole.slice(end);
    if (kept !== '' && !hadRest) process.once('exit', flush);
    if (kept === '' && hadRest) process.off('exit', flush);
  };
}
