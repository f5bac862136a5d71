import { parentPort } from 'node:worker_threads';

import { lintSecrets, type SecretTask } from './lint-secrets.ts';

// Secretlint notes when each rule begins and ends, for every file, and keeps the notes for ever.
Object.defineProperty(performance, 'mark', { value: () => undefined });

parentPort?.on('message', (task: SecretTask) => {
  void lintSecrets(task).then((secrets) => parentPort?.postMessage(secrets));
});
