/** Whether two values that came from JSON, or could go there, say the same; the order of keys says nothing. */
export function isEqualJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const entries = Object.entries(one);
  const others = new Map<string, unknown>(Object.entries(other));

  return (
    entries.length === others.size &&
    entries.every(([key, value]) => others.has(key) && isEqualJson(value, others.get(key)))
  );
}
