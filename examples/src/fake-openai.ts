import { startFakeOpenAi } from '@jarvis/node/testing';

const server = await startFakeOpenAi({
  script: [
    { type: 'status', status: 429, retryAfter: 1 },
    { type: 'json', content: { answer: 42 }, repeat: 'forever' },
  ],
});
// Point any OpenAI client at it: real HTTP on loopback, no key, no money.
console.log(server.baseUrl, server.requests.length);
await server.close();
