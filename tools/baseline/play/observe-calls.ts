import type { RequestLogEntry } from '@jarvis/node/testing';
import { z } from 'zod';

import { foldSafety } from '../compare/fold-safety.ts';
import { isProbe } from '../compare/is-probe.ts';
import type { ObservedCall } from '../compare/observation.ts';
import { type LegacyRole, serveReply } from '../scenario/legacy-reply.ts';
import { repliesOf, type Scenario } from '../scenario/scenario-file.ts';
import { inferRole, parseUserMessage } from './infer-role.ts';

const bodySchema = z.looseObject({
  model: z.string(),
  temperature: z.number().nullable().default(null),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
});

/** What the model server saw of a run. */
export interface ObservedRequests {
  readonly calls: readonly ObservedCall[];
  readonly probes: number;
  readonly requests: number;
  readonly retries: number;
  readonly unscripted: Readonly<Record<string, number>>;
  /** The size of the instructions each role was given, in bytes. */
  readonly systemBytes: Readonly<Partial<Record<LegacyRole, number>>>;
}

interface SeenRequest extends ObservedCall {
  readonly role: LegacyRole;
  readonly stepId: string | undefined;
  readonly systemBytes: number;
}

/** Turns the log of the fake server into logical calls: the requests of one step are the attempts of one call. */
export function observeRequests(log: readonly RequestLogEntry[], scenario: Scenario): ObservedRequests {
  const counts = new Map<LegacyRole, number>();
  const requests = log.map((entry) => {
    const role = inferRole(firstUserMessage(readBody(entry)));
    const n = (counts.get(role) ?? 0) + 1;
    counts.set(role, n);
    return toSeenRequest(entry, scenario, { role, n });
  });
  const all = requests.reduce<readonly SeenRequest[]>(addToCalls, []);
  const [probes, calls] = [all.filter(isProbe), all.filter((call) => !isProbe(call))];
  const attempts = calls.reduce((sum, call) => sum + call.attempts.length, 0);
  const unscripted = log.flatMap(({ outcome }, index) =>
    outcome === 'unscripted' ? [requests[index]?.role] : [],
  );
  return {
    calls: calls.map(({ stepId: _stepId, systemBytes: _systemBytes, ...call }) => call),
    probes: probes.length,
    requests: attempts,
    retries: attempts - calls.length,
    unscripted: countEach(unscripted.filter((role) => role !== undefined)),
    systemBytes: Object.fromEntries(calls.map(({ role, systemBytes }) => [role, systemBytes])),
  };
}

type Body = z.infer<typeof bodySchema>;

function toSeenRequest(
  entry: RequestLogEntry,
  scenario: Scenario,
  { role, n }: { role: LegacyRole; n: number },
): SeenRequest {
  const { model, temperature, messages } = readBody(entry);
  const reply = serveReply(repliesOf(scenario, role), n);
  const system = messages.filter((message) => message.role === 'system').map(({ content }) => content);
  return {
    role,
    model,
    temperature,
    attempts: [entry.status ?? 'hang'],
    user: foldSafety(parseUserMessage(firstUserMessage({ messages }))),
    usage: reply?.type === 'answer' ? reply.usage : null,
    isRepair: messages.some((message) => message.role === 'assistant'),
    stepId: entry.stepId,
    systemBytes: Buffer.byteLength(system.join('\n')),
  };
}

function addToCalls(calls: readonly SeenRequest[], request: SeenRequest): readonly SeenRequest[] {
  const last = calls.at(-1);
  if (last?.stepId === undefined || last.stepId !== request.stepId) return [...calls, request];
  const repeated = { ...last, usage: request.usage, attempts: [...last.attempts, ...request.attempts] };
  return [...calls.slice(0, -1), repeated];
}

function readBody({ body }: RequestLogEntry): Body {
  return bodySchema.parse(body);
}

function firstUserMessage({ messages }: Pick<Body, 'messages'>): string {
  return messages.find(({ role }) => role === 'user')?.content ?? '';
}

function countEach(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
