import { cutMessage } from './cut-message.ts';

const BRAND = Symbol.for('jarvis.error');

/** What an error class hands to {@link JarvisError} beside its sentence. */
export interface JarvisErrorOptions {
  /** What failed underneath, if anything. */
  readonly cause?: unknown;
  /** Whether the same request may succeed when it is made again. Default: `false`. */
  readonly retryable?: boolean;
}

/**
 * The base of every error this project throws on purpose.
 *
 * Match on `code` (see {@link hasErrorCode}), never on the class: two copies of a package may be installed,
 * and an error read back from the journal is plain data.
 */
export abstract class JarvisError<Code extends string = string> extends Error {
  abstract readonly code: Code;
  readonly retryable: boolean;

  constructor(message: string, { cause, retryable = false }: JarvisErrorOptions = {}) {
    super(cutMessage(message), cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.retryable = retryable;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** Tells whether a value is an error of this project, whichever copy of the package made it. */
export function isJarvisError(value: unknown): value is JarvisError {
  return value instanceof Error && Reflect.get(value, BRAND) === true;
}

/** Tells whether a value is an error of this project that carries the given code. */
export function hasErrorCode<Code extends string>(value: unknown, code: Code): value is JarvisError<Code> {
  return isJarvisError(value) && value.code === code;
}
