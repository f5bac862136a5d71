import { startFakeOpenAi } from '@jarvis/node/testing';

import { stageTeam } from './stage-team.ts';

/** Serves the team of a run in stages until standard input is closed; prints where. */
async function serve(): Promise<void> {
  const server = await startFakeOpenAi({ script: stageTeam });
  process.stdout.write(`${JSON.stringify({ baseUrl: server.baseUrl })}\n`);
  process.stdin.resume().on('end', () => void server.close());
}

await serve();
