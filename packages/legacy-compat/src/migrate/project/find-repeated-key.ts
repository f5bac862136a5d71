/** A text, a key with its colon, or the border of an object: all that counts in what is known to be JSON. */
const TOKEN = /"(?:[^"\\]|\\.)*"(?<colon>\s*:)?|[{}]/gu;

/** Where in a JSON text a key stands that its object has already; JSON itself lets the last one count. */
export function findRepeatedKey(
  json: string,
): { readonly line: number; readonly column: number } | undefined {
  const open: Set<string>[] = [];
  for (const { 0: token, index, groups } of json.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set());
    if (token === '}') open.pop();
    if (groups?.['colon'] === undefined) continue;
    const name = String(JSON.parse(token.slice(0, -groups['colon'].length)));
    if (open.at(-1)?.has(name) === true) return placeOf(json, index);
    open.at(-1)?.add(name);
  }
  return undefined;
}

function placeOf(text: string, index: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, index).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
