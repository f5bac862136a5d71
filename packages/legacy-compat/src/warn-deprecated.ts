import { DEPRECATED_SINCE, type DeprecatedName, deprecations, REMOVED_IN } from './shims/deprecations.ts';

/** Node tells every warning it is given; once in a process is enough. */
const told = new Set<DeprecatedName>();

/**
 * Says, on the first use of an old name, what to use instead. It is a warning of Node's, so `--no-deprecation`,
 * `--throw-deprecation`, `--trace-deprecation` and `--disable-warning=JARVIS_DEP001` do what they always do.
 */
export function warnDeprecated(name: DeprecatedName): void {
  if (told.has(name)) return;
  told.add(name);
  const { code, replacement } = deprecations[name];
  process.emitWarning(
    `${name} is deprecated since ${DEPRECATED_SINCE} and removed in ${REMOVED_IN}. Use ${replacement}.`,
    { type: 'DeprecationWarning', code },
  );
}
