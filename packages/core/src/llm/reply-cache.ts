import type { LlmResponse } from './llm-client.ts';

/** Where `withCache` keeps answers. Keys are hashes of what was asked; a cache belongs to one model server. */
export interface ReplyCache {
  /** The answer kept under a key; `undefined` when there is none, or none that can be read. */
  read(key: string): Promise<LlmResponse | undefined>;
  /** Keeps an answer, in place of an earlier one. */
  write(key: string, response: LlmResponse): Promise<void>;
}

/** Keeps answers for as long as the process lives. */
export class MemoryReplyCache implements ReplyCache {
  readonly #replies = new Map<string, LlmResponse>();

  async read(key: string): Promise<LlmResponse | undefined> {
    return this.#replies.get(key);
  }

  async write(key: string, response: LlmResponse): Promise<void> {
    this.#replies.set(key, response);
  }
}
