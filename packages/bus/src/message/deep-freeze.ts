/** Freezes plain data to its leaves: the same message is handed to every reader, and none may change it for the others. */
export function deepFreeze<Value>(value: Value): Readonly<Value> {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) if (typeof item === 'object') deepFreeze(item);
  }
  return value;
}
