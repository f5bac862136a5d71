import type { Reply, RoleScript } from '@jarvis/node/testing';

import { legacyRoles, type LegacyReply, serveReply, type ServedReply } from '../scenario/legacy-reply.ts';
import { repliesOf, type Scenario } from '../scenario/scenario-file.ts';
import { inferRole } from './infer-role.ts';

/** How long a hanging request is held. The old client waited the whole time; that it got nothing is all that counts. */
const HANG_MS = 20;

/** The most requests a role may make: beyond it something is wrong, and the server says that nothing is scripted. */
const MAX_REQUESTS = 250;

/** A scenario's script in the form of the fake server. */
export function toServerScript(scenario: Pick<Scenario, 'script'>): RoleScript {
  return {
    byRole: Object.fromEntries(legacyRoles.map((role) => [role, toReplies(repliesOf(scenario, role))])),
    roleOf: ({ messages }) => inferRole(messages.find(({ role }) => role === 'user')?.text ?? ''),
  };
}

function toReplies(replies: readonly LegacyReply[]): readonly Reply[] {
  const served: Reply[] = [];
  for (let n = 1; n <= MAX_REQUESTS; n += 1) {
    const reply = serveReply(replies, n);
    if (reply === undefined) return served;
    served.push(toReply(reply));
  }
  return served;
}

function toReply(reply: ServedReply): Reply {
  switch (reply.type) {
    case 'answer':
      return { type: 'text', content: reply.text, usage: toUsage(reply) };
    case 'status':
      return { type: 'status', status: reply.status, error: { message: reply.message } };
    case 'hang':
      return { type: 'hang', forMs: Math.min(HANG_MS, reply.seconds * 1_000) };
  }
}

function toUsage({ usage }: Extract<ServedReply, { type: 'answer' }>) {
  return usage === null
    ? null
    : { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens };
}
