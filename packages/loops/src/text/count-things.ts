/** A number and its thing: `1 round`, `2 rounds`. */
export function countThings(number: number, thing: string): string {
  return `${String(number)} ${thing}${number === 1 ? '' : 's'}`;
}
