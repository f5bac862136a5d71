/** A number and its thing: `1 call`, `2 calls`. */
export function countThings(number: number, thing: string): string {
  return `${String(number)} ${thing}${number === 1 ? '' : 's'}`;
}
