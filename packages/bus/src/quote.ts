const SHOWN_CHARACTERS = 80;

/** Cut and escaped: a word from outside may be long or hold control characters. */
export function quote(text: string): string {
  return JSON.stringify(text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text);
}
