import type { AgentRole } from '../vocabulary/agent-role.ts';

/** One part of a conversation with a model. */
export interface LlmMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** The form an answer is asked for in. */
export type ReplyFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json' }
  | {
      readonly type: 'json-schema';
      readonly name: string;
      readonly schema: Readonly<Record<string, unknown>>;
    };

/** One question to a model. */
export interface LlmRequest {
  /** The exact name the server knows the model by. */
  readonly model: string;
  /** On whose behalf it is asked. */
  readonly role: AgentRole;
  /** What is asked for, `plan`, `work`, `review` …: for the journal, for statistics and for simulation. */
  readonly purpose: string;
  /** The stage of the roadmap it is asked for, so that the cap of a stage can hold. */
  readonly stage?: string;
  readonly messages: readonly LlmMessage[];
  readonly replyFormat: ReplyFormat;
  /** The most tokens the answer may have, reasoning included. Lowered to what the budget affords. */
  readonly maxOutputTokens: number;
  /** Below this limit the answer would be of no use, in tokens: then the call is not made. */
  readonly minOutputTokens: number;
  readonly temperature?: number;
}

/** Token counts as the server stated them; not checked here. */
export interface ReportedUsage {
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  /** The part of `inputTokens` the server put into its cache; left out where it states none. */
  readonly cacheWriteTokens?: number;
  readonly outputTokens: number;
}

/**
 * How an exchange ended that the server completed: `answered`; `truncated` at the output limit; `filtered` by the
 * server; `refused` by the model; `empty` without any text.
 */
export type AnswerOutcome = 'answered' | 'truncated' | 'filtered' | 'refused' | 'empty';

/** A completed exchange. It has been paid for, whatever its outcome. */
export interface LlmResponse {
  readonly outcome: AnswerOutcome;
  /** The answer as it came, or the model's words of refusal. */
  readonly text: string;
  /** The model that answered, as the server names it. */
  readonly model: string;
  /** Left out when the server did not say. */
  readonly usage?: ReportedUsage;
  /** The budget allowed less output than was asked for; set by `withCostCap`. */
  readonly isLimitLowered?: boolean;
  /** Whether the built-in simulation answered rather than a model. */
  readonly isSimulated: boolean;
  /** An answer to the same question was kept, and nobody was asked; set by `withCache`. */
  readonly isCached?: true;
  /** The model that was asked for, when another one stood in for it; set by `withFallback`. */
  readonly insteadOf?: string;
  /** The answer comes out of a recording, and nobody was asked; set by `RecordedLlmClient`. */
  readonly isReplayed?: true;
}

/** What goes along with a question on its way through the decorators. */
export interface LlmCall {
  /** The durable step the question belongs to; sent as `X-Jarvis-Step`. */
  readonly stepId: string;
  /** Where the step stands, the same in every run that takes the same way. Left out where there is no run. */
  readonly place?: string;
  readonly attempts: AttemptLog;
  readonly signal: AbortSignal;
}

/** Where every single try to get an answer is written down, before it is made and after. */
export interface AttemptLog {
  /**
   * Sets money aside for one more attempt and resolves when that is on disk. It counts from the moment of the
   * call, so that whoever asks the ledger next sees it.
   *
   * @returns the attempt's id.
   */
  open(attempt: AttemptOpening): Promise<string>;
  /** Notes what an attempt cost and how it ended. Reaches the disk with what follows. */
  close(attemptId: string, ending: AttemptEnding): void;
}

/** What is written down before an attempt is made. */
export interface AttemptOpening {
  readonly model: string;
  readonly role: AgentRole;
  /** The stage of the roadmap it is made for. */
  readonly stage?: string;
  readonly reservedNanoUsd: number;
  /** The output limit sent, in tokens. */
  readonly outputLimit: number;
}

/** How an attempt ended, and what is booked for it in place of the reservation. */
export type AttemptEnding =
  | { readonly type: 'settled'; readonly bookedNanoUsd: number; readonly usage?: ReportedUsage }
  | {
      readonly type: 'failed';
      readonly bookedNanoUsd: number;
      readonly reason: string;
      readonly status?: number;
      /** The pause before the next attempt, in milliseconds; left out when there is none to follow. */
      readonly waitMs?: number;
    };

/**
 * Asks a model. Decorators and adapters have the same shape; `guardedLlm` knows their order. Every implementation
 * passes `llmClientContract` of `@jarvis/core/testing/contracts`.
 */
export interface LlmClient {
  /**
   * Makes one exchange, and ends it at once with the signal's reason when the signal aborts.
   *
   * @throws {@link LlmError} when the exchange was not completed.
   */
  complete(request: LlmRequest, call: LlmCall): Promise<LlmResponse>;
}
