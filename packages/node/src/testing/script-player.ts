import { agentRoleSchema } from '@jarvis/core';
import { z } from 'zod';

import type { ChatRequest, NumberedRequest } from './chat-request.ts';
import { guessRole } from './guess-role.ts';
import { numberReply } from './number-reply.ts';
import type { CompleteReply } from './reply.ts';
import { ReplyQueue } from './reply-queue.ts';
import type { UnusedReply } from './reply-queue.ts';
import { parseScriptPart } from './script-problems.ts';
import { parseSingleReply } from './script.ts';
import type { CheckedScript, ReplyFunction, RoleOf } from './script.ts';

const roleSchema = z.string('expected a string or undefined').optional();

/** What the forms of a script do each in their own way. */
interface ScriptForm {
  readonly roleOf: RoleOf;
  next(request: NumberedRequest): Promise<CompleteReply | undefined> | CompleteReply | undefined;
  unusedReplies(): readonly UnusedReply[];
}

/** Plays a script: tells who asks and what they get. */
export class ScriptPlayer {
  readonly #form: ScriptForm;
  #unscripted = 0;

  constructor(script: CheckedScript) {
    this.#form = toForm(script);
  }

  /** How many requests were told that nothing is scripted for them. */
  get unscripted(): number {
    return this.#unscripted;
  }

  /** The role that asks, where it can be told. Throws whatever a `roleOf` of the script throws. */
  roleOf(request: ChatRequest): string | undefined {
    return parseScriptPart(roleSchema, this.#form.roleOf(request), 'The answer of roleOf');
  }

  /** Takes the next reply; `undefined` when nothing is scripted. Rejects with whatever the script throws. */
  async next(request: NumberedRequest): Promise<CompleteReply | undefined> {
    const reply = await this.#form.next(request);
    if (reply === undefined) {
      this.#unscripted += 1;
    }
    return reply;
  }

  /** What no request has fetched yet; always empty for a function. */
  unusedReplies(): readonly UnusedReply[] {
    return this.#form.unusedReplies();
  }
}

function toForm(script: CheckedScript): ScriptForm {
  switch (script.type) {
    case 'list':
      return playList(script.replies);
    case 'byRole':
      return playByRole(script);
    case 'function':
      return playFunction(script.answer);
  }
}

function playList(replies: readonly CompleteReply[]): ScriptForm {
  const queue = new ReplyQueue(replies);
  return {
    roleOf: guessAgentRole,
    next: ({ nInRole }) => queue.next(nInRole),
    unusedReplies: () => queue.unused(),
  };
}

function playByRole({ queues, roleOf }: Extract<CheckedScript, { type: 'byRole' }>): ScriptForm {
  const queueOf = new Map(Object.entries(queues).map(([role, replies]) => [role, new ReplyQueue(replies)]));
  const roles = [...queueOf.keys()];
  return {
    roleOf: roleOf ?? ((request) => guessRole(request, roles)),
    next: ({ role, nInRole }) => (role === undefined ? undefined : queueOf.get(role)?.next(nInRole)),
    unusedReplies: () =>
      [...queueOf].flatMap(([role, queue]) => queue.unused().map((unused) => ({ role, ...unused }))),
  };
}

function playFunction(answer: ReplyFunction): ScriptForm {
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
