export { createOpenAiLlmClient } from './openai-llm-client.ts';
export type { OpenAiLlmClientOptions } from './openai-llm-client.ts';
export { probeServer } from './probe-server.ts';
export type { OutputLimitField } from './to-openai-request.ts';
