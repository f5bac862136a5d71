const NAMED = 5;

/** The first of some names, and an ellipsis where there are more of them, `total` in all. */
export function nameSome(names: readonly string[], total: number = names.length): string {
  const shown = names.slice(0, NAMED);
  return [...shown, ...(shown.length < total ? ['…'] : [])].join(', ');
}
