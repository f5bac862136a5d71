import { runFakeOpenAi } from './run-fake-openai.ts';

const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    stop.abort();
  });
}

const { stdin, stdout, stderr } = process;
process.exit(await runFakeOpenAi(process.argv.slice(2), { stdin, stdout, stderr, stop: stop.signal }));
