const PER_VALUE_BYTES = 2;
const PER_NUMBER_BYTES = 8;

/**
 * How many bytes a payload has, near enough to bound memory: its texts and keys as UTF-8, a few bytes for the rest.
 * Stops at the limit, so that neither what is huge nor what contains itself is walked to the end.
 */
export function measurePayload(payload: unknown, limitBytes: number): number {
  const open: unknown[] = [payload];
  let bytes = 0;
  while (open.length > 0 && bytes <= limitBytes) {
    const value = open.pop();
    if (typeof value === 'string') bytes += textBytes(value, limitBytes - bytes);
    else if (typeof value === 'object' && value !== null) bytes += openObject(value, open);
    else bytes += PER_NUMBER_BYTES;
  }
  return bytes;
}

function openObject(value: object, open: unknown[]): number {
  if (Array.isArray(value)) {
    for (const item of value) open.push(item);
    return PER_VALUE_BYTES;
  }
  let bytes = PER_VALUE_BYTES;
  for (const key in value) {
    bytes += key.length + PER_VALUE_BYTES;
    open.push(Reflect.get(value, key));
  }
  return bytes;
}

/** A text has at least as many bytes as UTF-16 units, so one that is too long need not be read. */
function textBytes(text: string, limitBytes: number): number {
  if (text.length > limitBytes) return text.length;
  let bytes = text.length + PER_VALUE_BYTES;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
