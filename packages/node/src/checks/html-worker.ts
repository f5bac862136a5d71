import { parentPort } from 'node:worker_threads';

import { inspectHtml } from './inspect-html.ts';

parentPort?.on('message', (source: string) => {
  parentPort?.postMessage(inspectHtml(source));
});
