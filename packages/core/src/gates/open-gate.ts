import { sha256 } from '../journal/hash.ts';
import { type GateCondition, type GateFacts, judgeCondition } from './condition.ts';
import { durationMs, type GatePolicy } from './gate-rule.ts';
import { type Gate, type GateRecord, maxShownLength, shownSchema } from './gate.ts';

/** What a gate is opened with. */
export interface GateRequest {
  /** One of a kind in its run; a gate that is asked again after it expired is another one. */
  readonly id: string;
  /** What it is about, in lower case: the place of its rule, or a word of the mode. */
  readonly kind: string;
  readonly policy: GatePolicy;
  /** Everything the decision is about, as JSON. Only its hash is kept. */
  readonly subject: object | string;
  /** What a person is shown of it, as JSON; what is too long is cut. */
  readonly shown: object | string;
  /** What conditions may ask for. */
  readonly facts: GateFacts;
  /** The decision clock, milliseconds since 1970 UTC. */
  readonly atMs: number;
  /** The gate that is still open and asks about something that has changed; nobody can decide it any more. */
  readonly supersedes?: string;
}

/** A gate and the record to write for it. */
export interface OpenedGate {
  readonly gate: Gate;
  readonly record: Extract<GateRecord, { type: 'gate.opened' }>;
}

/**
 * Opens a gate. Who is asked, until when, and whether anybody has to be asked at all, is found out here, once, and
 * recorded, so that no later release and no change of the configuration gives it another meaning.
 */
export function openGate({
  id,
  kind,
  policy,
  subject,
  shown,
  facts,
  atMs,
  ...more
}: GateRequest): OpenedGate {
  const { approvers, deadline, onDeadline = 'park' } = policy;
  const waitMs = deadline === undefined ? undefined : durationMs(deadline);
  // Who asks for one approver too many has lost time; who asks for one too few has lost control.
  const asked = approvers.filter(({ when }) => when === undefined || judgeCondition(when, facts) !== 'fails');
  const passed = findPass(policy, facts, asked.length);
  const data = {
    id,
    kind,
    subjectHash: hashSubject(subject),
    shown: fitShown(shown),
    facts,
    approvers: asked,
    openedAtMs: atMs,
    ...(waitMs === undefined ? {} : { deadlineMs: atMs + waitMs }),
    onDeadline,
    ...(passed === undefined ? {} : { passed }),
    ...more,
  };
  return { gate: { ...data, decisions: [] }, record: { type: 'gate.opened', data } };
}

/** The SHA-256 of what is asked about, whatever the order of its keys. Equal subjects have equal hashes. */
export function hashSubject(subject: object | string): string {
  return sha256(JSON.stringify(subject, sortKeys));
}

function findPass({ autoApprove = [] }: GatePolicy, facts: GateFacts, asked: number): Gate['passed'] {
  const holds = (condition: GateCondition) => judgeCondition(condition, facts) === 'holds';
  const index = autoApprove.findIndex(({ when }) => when.length > 0 && when.every(holds));
  const rule = autoApprove[index];
  if (rule !== undefined) return { type: 'rule', rule: index, because: rule.because };
  return asked === 0 ? { type: 'no-step-applies' } : undefined;
}

/** What is too long to be shown is cut, and says so; the hash still covers all of it. */
function fitShown(shown: object | string): Gate['shown'] {
  const written = JSON.stringify(shown);
  if (written.length <= maxShownLength) return shownSchema.parse(JSON.parse(written));
  // Quotes and backslashes of JSON in JSON take twice the room.
  const head = [...written.slice(0, maxShownLength / 2 - 100)].slice(0, -1).join('');
  return `${head}… (cut, ${String(written.length)} characters in all)`;
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
