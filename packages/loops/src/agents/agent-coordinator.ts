import {
  agentCatalog,
  createBus,
  type KindOf,
  type Message,
  type MessageBus,
  type OutgoingMessage,
} from '@jarvis/bus';
import {
  type ChosenModel,
  chooseModel,
  type Finding,
  type Logger,
  type NamedModels,
  type RoutingQuestion,
  type RoutingRule,
  silentLogger,
  type TaskClass,
} from '@jarvis/core';

import type { Dialect } from '../dialect/dialect.ts';
import type { Round, StageRound } from '../engine/run-state.ts';
import { outcomeBefore, tryOf } from '../engine/turns.ts';
import type { Review } from './agent-reply.ts';

/** What an {@link AgentCoordinator} coordinates, and where it writes down what is said. */
export interface AgentCoordinatorOptions {
  /** Names the thread the agents talk in. */
  readonly runId: string;
  readonly dialect: Dialect;
  /** The models the configuration names, as it stands now. */
  readonly models: () => NamedModels;
  /** The user's own rules; they are asked before those of the dialect. Default: none. */
  readonly routing?: readonly RoutingRule[];
  /** What the task looks like, for rules that ask for it. Default: nothing is known of it. */
  readonly task?: Pick<TaskClass, 'kind' | 'complexity' | 'importance'>;
  /** Told of every choice of a model and its reason. Default: nobody is. */
  readonly logger?: Logger;
  /** The rounds as they stand now. */
  readonly rounds: () => readonly Round[];
  /** What the agents have said so far, in order. */
  readonly messages: readonly Message[];
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  /** Writes a new message down. */
  readonly record: (message: Message) => void;
}

/** The facts of a question the caller of a coordinator knows; the coordinator knows the others. */
export interface AskedQuestion extends Pick<RoutingQuestion, 'role' | 'purpose' | 'importance'> {
  /** What it is asked about; left out before there is any work. */
  readonly round?: Round;
}

/** The model that is asked, why, and whose rule it was; `rule` is counted among the rules of its origin. */
export interface RoutedModel extends ChosenModel {
  readonly origin: 'configuration' | 'dialect';
}

/**
 * A run is bounded by its stages, audits and money; the bus is not to end it before they do. 1,000 stages of 100 tries
 * say about ten things a try, some of them as long as an answer of a model.
 */
const limits = { messages: 1_000_000, bytes: 1_073_741_824, messageBytes: 67_108_864 };

/** How long a question may take is the business of the model call behind it. */
const neverLate = { monotonicMs: () => 0, sleep: () => new Promise<void>(() => undefined) };

/** Hands work from agent to agent: which model is asked, and what the agents tell one another on the bus. */
export class AgentCoordinator {
  readonly #options: AgentCoordinatorOptions;
  readonly #bus: MessageBus<typeof agentCatalog>;
  readonly #recorded: Set<string>;

  constructor(options: AgentCoordinatorOptions) {
    const { messages, now } = options;
    this.#options = options;
    this.#bus = createBus({ catalog: agentCatalog, messages, now, timer: neverLate, limits });
    this.#recorded = new Set(messages.map(({ id }) => id));
  }

  /** The model for a question: the user's rules first, then the dialect's. The logger is told why. */
  chooseModel(question: AskedQuestion): string {
    const { runId, logger = silentLogger } = this.#options;
    const routed = this.routeQuestion(question);
    const { role, purpose, round } = question;
    const facts = { role, purpose, round: round === undefined ? 1 : tryOf(round) };
    logger.debug('model chosen', { runId, ...facts, ...routed });
    return routed.model;
  }

  /**
   * The model for a question, with the rule that decided.
   *
   * @throws IncompleteRoutingError when the last rule of the dialect does not apply always.
   */
  routeQuestion({ role, purpose, round, importance }: AskedQuestion): RoutedModel {
    const { dialect, models, routing = [], task } = this.#options;
    const before = this.#findBefore(round);
    const chosen = chooseModel(
      [...routing, ...dialect.routing],
      {
        role,
        purpose,
        round: round === undefined ? 1 : tryOf(round),
        ...(task === undefined ? {} : toFacts(task)),
        ...(importance === undefined ? {} : { importance }),
        ...(before === undefined ? {} : { previous: outcomeOf(before) }),
      },
      models(),
    );
    return chosen.rule < routing.length
      ? { ...chosen, origin: 'configuration' }
      : { ...chosen, rule: chosen.rule - routing.length, origin: 'dialect' };
  }

  /**
   * The manager assigns a round of work, with what has to change since the round before.
   *
   * @returns the feedback the employee finds in its inbox.
   */
  assignWork({ number, stage, cycle = 1 }: Round, feedback: readonly string[]): readonly string[] {
    const id = `assign-${String(number)}`;
    const [from, to] = ['manager', 'employee'] as const;
    const lines = [...feedback];
    if (stage !== undefined && cycle > 1) {
      this.say({ id, kind: 'fix.requested', from, to, payload: { stageId: stage, findings: lines } });
      return this.#bus.inbox(to, { kind: 'fix.requested' }).at(-1)?.payload.findings ?? [];
    }
    this.say({ id, kind: 'work.assigned', from, to, payload: { round: number, feedback: lines } });
    return this.#bus.inbox(to, { kind: 'work.assigned' }).at(-1)?.payload.feedback ?? [];
  }

  /** The employee says what it has done. */
  deliverWork(round: number, { summary, files }: { summary: string; files: readonly string[] }): void {
    this.say({
      id: `deliver-${String(round)}`,
      kind: 'work.delivered',
      from: 'employee',
      to: 'manager',
      payload: { round, summary, files: [...files] },
    });
  }

  /** The manager tells the employee what it thinks of the work. */
  giveReview(round: number, { isApproved, feedback }: Review): void {
    this.say({
      id: `review-${String(round)}`,
      kind: 'review.given',
      from: 'manager',
      to: 'employee',
      payload: { round, approved: isApproved, feedback: [...feedback] },
    });
  }

  /** The manager has the supervisor look at what a stage has become. */
  requestAudit({ number, stage, work }: StageRound): void {
    this.say({
      id: `audit-${String(number)}`,
      kind: 'audit.requested',
      from: 'manager',
      to: 'supervisor',
      payload: { stageId: stage, files: (work?.files ?? []).map(({ path }) => path) },
    });
  }

  /** The supervisor says what is wrong with a stage, or that it may be left. */
  reportAudit({ number, stage }: StageRound, findings: readonly string[]): void {
    const asked = `audit-${String(number)}`;
    if (!this.#recorded.has(asked)) return;
    const envelope = {
      id: `audited-${String(number)}`,
      from: 'supervisor',
      to: 'manager',
      replyTo: asked,
    } as const;
    if (findings.length === 0) {
      this.say({ ...envelope, kind: 'advance.requested', payload: { stageId: stage } });
    } else {
      this.say({
        ...envelope,
        kind: 'findings.reported',
        payload: { stageId: stage, findings: [...findings] },
      });
    }
  }

  /** The supervisor suggests changes of the roadmap. */
  suggestChanges(
    { number }: Round,
    changes: readonly { readonly change: string; readonly reason: string }[],
  ): void {
    for (const [index, payload] of changes.entries()) {
      const id = `suggest-${String(number)}-${String(index + 1)}`;
      this.say({ id, kind: 'change.suggested', from: 'supervisor', to: 'manager', payload });
    }
  }

  /** Somebody whose answer could not be had says so. */
  reportFailure(action: number, from: 'supervisor' | 'employee', problem: string): void {
    const id = `failure-${String(action)}`;
    this.say({ id, kind: 'failure.reported', from, to: 'manager', payload: { problem } });
  }

  /** Says something on the bus and writes it down; what an earlier process has written down is not said twice. */
  say<Kind extends KindOf<typeof agentCatalog>>(
    said: Omit<OutgoingMessage<typeof agentCatalog, Kind>, 'threadId'>,
  ): void {
    if (this.#recorded.has(said.id)) return;
    this.#recorded.add(said.id);
    this.#options.record(this.#bus.send({ ...said, threadId: this.#options.runId }));
  }

  #findBefore(round: Round | undefined): Round | undefined {
    return round === undefined ? undefined : outcomeBefore(this.#options.rounds(), round);
  }
}

function outcomeOf(round: Round): NonNullable<RoutingQuestion['previous']> {
  const { review } = round;
  return {
    isApproved: review?.isApproved ?? false,
    hasErrors: hasErrors(round),
    ...(review?.word === undefined ? {} : { word: review.word }),
  };
}

function hasErrors({ checks, apply, safety }: Round): boolean {
  const found = [...(checks?.findings ?? []), ...(safety?.findings ?? [])];
  return apply?.type === 'refused' || found.some(isError);
}

function toFacts({ kind, complexity, importance }: NonNullable<AgentCoordinatorOptions['task']>) {
  return { kind, complexity, ...(importance === undefined ? {} : { importance }) };
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}
