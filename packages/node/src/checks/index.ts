export { dangerCheck } from './danger-check.ts';
export { htmlCheck } from './html-check.ts';
export { jsonCheck } from './json-check.ts';
export { linkCheck } from './link-check.ts';
export type { LinkCheckOptions } from './link-check.ts';
export { standardChecks } from './standard-checks.ts';
export type { SourceReader, SourceReading } from './source-reader.ts';
export type { SourceLanguage, SourceProblem } from './source-problem.ts';
export { syntaxCheck } from './syntax-check.ts';
