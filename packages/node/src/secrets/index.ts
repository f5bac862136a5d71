export { createSecretRedactor } from './secret-redactor.ts';
export type { RedactSecrets } from './secret-redactor.ts';
export { readSecrets } from '../config/read-environment.ts';
