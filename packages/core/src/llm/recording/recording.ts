import { z } from 'zod';

import { agentRoleSchema } from '../../vocabulary/agent-role.ts';
import type { LlmRequest, LlmResponse } from '../llm-client.ts';
import { llmResponseSchema } from '../with-journal.ts';
import { RecordingUnreadableError } from './recording-errors.ts';

/** One question and its answer, as they are kept. */
export interface RecordedExchange {
  readonly request: LlmRequest;
  readonly response: LlmResponse;
  /** Where in its run the question was asked, see `LlmCall`. Not in recordings of earlier releases. */
  readonly place?: string;
}

/** Where `withRecording` puts what was asked and answered. */
export interface RecordingSink {
  /**
   * Called before a model is asked, so that nothing is paid that cannot be kept.
   *
   * @throws {@link RecordingUnreadableError} when what is there is no recording.
   */
  prepare(): Promise<void>;
  /** Adds an exchange to the end and resolves when it will outlast the process. */
  append(exchange: RecordedExchange): Promise<void>;
}

const FORMAT = 'jarvis-llm-recording';
const VERSION = 1;

/** The first line of every recording, with its line break. */
export const recordingHeader = `${JSON.stringify({ format: FORMAT, version: VERSION })}\n`;

const headerSchema = z.object({ format: z.literal(FORMAT), version: z.number() });

const requestSchema: z.ZodType<LlmRequest> = z.object({
  model: z.string(),
  role: agentRoleSchema,
  purpose: z.string(),
  stage: z.string().exactOptional(),
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })),
  replyFormat: z.discriminatedUnion('type', [
    z.object({ type: z.literal('text') }),
    z.object({ type: z.literal('json') }),
    z.object({
      type: z.literal('json-schema'),
      name: z.string(),
      schema: z.record(z.string(), z.unknown()),
    }),
  ]),
  maxOutputTokens: z.number(),
  minOutputTokens: z.number(),
  temperature: z.number().exactOptional(),
});

const exchangeSchema: z.ZodType<RecordedExchange> = z.object({
  request: requestSchema,
  response: llmResponseSchema,
  place: z.string().exactOptional(),
});

/** One exchange as a line of a recording, with its line break. */
export function encodeExchange({ request, response, place }: RecordedExchange): string {
  return `${JSON.stringify({ request, response, place })}\n`;
}

/**
 * Reads a recording: a header, then one exchange a line. A last line without a line break was being written when
 * the process ended and is left out. `source` is how the recording is called in messages, such as its path.
 *
 * @throws {@link RecordingUnreadableError} with the line that is none of a recording, or of a later version.
 */
export function parseRecording(text: string, source: string): readonly RecordedExchange[] {
  const [header = '', ...lines] = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  const { data } = headerSchema.safeParse(parseJson(header));
  if (data === undefined) {
    throw new RecordingUnreadableError({ source, line: 1, problem: 'it does not begin like a recording' });
  }
  if (data.version !== VERSION) {
    const problem = `it has version ${String(data.version)}, and this release reads version ${String(VERSION)}`;
    throw new RecordingUnreadableError({ source, line: 1, problem });
  }
  return lines.slice(0, -1).map((line, index) => {
    const exchange = exchangeSchema.safeParse(parseJson(line)).data;
    if (exchange !== undefined) return exchange;
    throw new RecordingUnreadableError({ source, line: index + 2, problem: 'it is no question and answer' });
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The schema says what is wrong with a line that holds nothing.
    return undefined;
  }
}
