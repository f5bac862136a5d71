import { parentPort } from 'node:worker_threads';

import { inspectSource } from './inspect-source.ts';
import type { SourceTask } from './source-problem.ts';

parentPort?.on('message', (task: SourceTask) => {
  void inspectSource(task).then((problems) => parentPort?.postMessage(problems));
});
