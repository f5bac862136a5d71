export { htmlCheck } from './html-check.ts';
export { jsonCheck } from './json-check.ts';
export { linkCheck } from './link-check.ts';
export type { LinkCheckOptions } from './link-check.ts';
export { standardChecks } from './standard-checks.ts';
