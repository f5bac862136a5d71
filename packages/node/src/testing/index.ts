// the server
export { startFakeOpenAi } from './start-fake-openai.ts';
export type { FakeOpenAiOptions } from './start-fake-openai.ts';
export type { FakeOpenAiServer } from './fake-openai-server.ts';

// the server as a process of its own
export { spawnFakeOpenAi } from './spawn-fake-openai.ts';
export type { SpawnFakeOpenAiOptions } from './spawn-fake-openai.ts';
export type { FakeOpenAiProcess } from './fake-openai-process.ts';
export type { ScriptSource } from './parse-arguments.ts';

// scripts
export { replySchema } from './reply.ts';
export type { CompleteReply, Reply } from './reply.ts';
export type { ReplyFunction, RoleOf, RoleScript, Script, SingleReply } from './script.ts';
export type { ChatMessage, ChatRequest, NumberedRequest } from './chat-request.ts';
export type { UnusedReply } from './reply-queue.ts';

// requests
export { readRequestLog } from './read-request-log.ts';
export { requestOutcomeSchema } from './request-log.ts';
export type { RequestLogEntry, RequestOutcome } from './request-log.ts';
export type { RequestsCondition } from './wait-for-requests.ts';

// errors
export {
  FakeOpenAiNotStartedError,
  InvalidScriptError,
  PortUnavailableError,
  RequestLogDamagedError,
  RequestsNotSeenError,
} from './errors.ts';
export type { ScriptProblem } from './errors.ts';
