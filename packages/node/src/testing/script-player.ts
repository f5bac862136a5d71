import { agentRoleSchema } from '@jarvis/core';

import type { ChatRequest, NumberedRequest } from './chat-request.ts';
import { guessRole } from './guess-role.ts';
import { numberReply } from './number-reply.ts';
import type { CompleteReply } from './reply.ts';
import { ReplyQueue } from './reply-queue.ts';
import type { UnusedReply } from './reply-queue.ts';
import { parseSingleReply } from './script.ts';
import type { CheckedScript, ReplyFunction } from './script.ts';

/** Plays a script: tells who asks and what they get. */
export interface ScriptPlayer {
  /** Must not depend on earlier requests. */
  roleOf(request: ChatRequest): string | undefined;
  /** Takes the next reply; `undefined` when nothing is scripted. May reject with whatever a script function throws. */
  next(request: NumberedRequest): Promise<CompleteReply | undefined>;
  /** What no request has fetched yet; always empty for a function. */
  unusedReplies(): readonly UnusedReply[];
}

/** Prepares a script for playing. */
export function createScriptPlayer(script: CheckedScript): ScriptPlayer {
  switch (script.type) {
    case 'list':
      return playList(script.replies);
    case 'byRole':
      return playByRole(script);
    case 'function':
      return playFunction(script.answer);
  }
}

function playList(replies: readonly CompleteReply[]): ScriptPlayer {
  const queue = new ReplyQueue(replies);
  return {
    roleOf: guessAgentRole,
    next: ({ nInRole }) => Promise.resolve(queue.next(nInRole)),
    unusedReplies: () => queue.unused(),
  };
}

function playByRole({ queues, roleOf }: Extract<CheckedScript, { type: 'byRole' }>): ScriptPlayer {
  const roles = Object.keys(queues);
  const queueOf = new Map(roles.map((role) => [role, new ReplyQueue(queues[role] ?? [])]));
  return {
    roleOf: roleOf ?? ((request) => guessRole(request, roles)),
    next: ({ role, nInRole }) =>
      Promise.resolve(role === undefined ? undefined : queueOf.get(role)?.next(nInRole)),
    unusedReplies: () =>
      [...queueOf].flatMap(([role, queue]) => queue.unused().map((unused) => ({ role, ...unused }))),
  };
}

function playFunction(answer: ReplyFunction): ScriptPlayer {
  return {
    roleOf: guessAgentRole,
    async next(request) {
      const reply = await answer(request);
      return reply === undefined ? undefined : numberReply(parseSingleReply(reply), request.nInRole);
    },
    unusedReplies: () => [],
  };
}

function guessAgentRole(request: ChatRequest): string | undefined {
  return guessRole(request, agentRoleSchema.options);
}
