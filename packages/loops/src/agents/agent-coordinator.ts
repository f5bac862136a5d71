import {
  agentCatalog,
  createBus,
  type KindOf,
  type Message,
  type MessageBus,
  type OutgoingMessage,
} from '@jarvis/bus';
import type { Finding } from '@jarvis/core';

import type { Dialect, ModelChoice } from '../dialect/dialect.ts';
import type { Round } from '../engine/run-state.ts';
import type { Review } from './agent-reply.ts';

/** What an {@link AgentCoordinator} coordinates, and where it writes down what is said. */
export interface AgentCoordinatorOptions {
  /** Names the thread the agents talk in. */
  readonly runId: string;
  readonly dialect: Dialect;
  /** The models the configuration names. */
  readonly models: ModelChoice['models'];
  /** The rounds as they stand now. */
  readonly rounds: () => readonly Round[];
  /** What the agents have said so far, in order. */
  readonly messages: readonly Message[];
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  /** Writes a new message down. */
  readonly record: (message: Message) => void;
}

/** Hands work from agent to agent: which model is asked, and what the agents tell one another on the bus. */
export class AgentCoordinator {
  readonly #options: AgentCoordinatorOptions;
  readonly #bus: MessageBus<typeof agentCatalog>;
  readonly #recorded: Set<string>;

  constructor(options: AgentCoordinatorOptions) {
    const { messages, now } = options;
    this.#options = options;
    this.#bus = createBus({ catalog: agentCatalog, messages, now });
    this.#recorded = new Set(messages.map(({ id }) => id));
  }

  /** The model for a question, by the dialect's rules. */
  chooseModel(choice: Omit<ModelChoice, 'models' | 'previous'>): string {
    const { dialect, models } = this.#options;
    const before = this.#findRound(choice.round - 1);
    const previous = before === undefined ? {} : { previous: outcomeOf(before) };
    return dialect.chooseModel({ ...choice, models, ...previous });
  }

  /**
   * The manager assigns a round of work, with what has to change since the round before.
   *
   * @returns the feedback the employee finds in its inbox.
   */
  assignWork(round: number): readonly string[] {
    const before = this.#findRound(round - 1);
    const feedback = before === undefined ? [] : [...this.#options.dialect.feedbackOn(before)];
    this.#send({
      id: `assign-${String(round)}`,
      kind: 'work.assigned',
      from: 'manager',
      to: 'employee',
      payload: { round, feedback },
    });
    return this.#bus.inbox('employee', { kind: 'work.assigned' }).at(-1)?.payload.feedback ?? [];
  }

  /** The employee says what it has done. */
  deliverWork(round: number, { summary, files }: { summary: string; files: readonly string[] }): void {
    this.#send({
      id: `deliver-${String(round)}`,
      kind: 'work.delivered',
      from: 'employee',
      to: 'manager',
      payload: { round, summary, files: [...files] },
    });
  }

  /** The manager tells the employee what it thinks of the work. */
  giveReview(round: number, { isApproved, feedback }: Review): void {
    this.#send({
      id: `review-${String(round)}`,
      kind: 'review.given',
      from: 'manager',
      to: 'employee',
      payload: { round, approved: isApproved, feedback: [...feedback] },
    });
  }

  /** Sends a message and writes it down; one that an earlier process has written down is not said twice. */
  #send<Kind extends KindOf<typeof agentCatalog>>(
    said: Omit<OutgoingMessage<typeof agentCatalog, Kind>, 'threadId'>,
  ): void {
    if (this.#recorded.has(said.id)) return;
    this.#recorded.add(said.id);
    this.#options.record(this.#bus.send({ ...said, threadId: this.#options.runId }));
  }

  #findRound(number: number): Round | undefined {
    return this.#options.rounds().find((round) => round.number === number);
  }
}

function outcomeOf({ review, checks, apply }: Round): NonNullable<ModelChoice['previous']> {
  const hasErrors = apply?.type === 'refused' || (checks?.findings ?? []).some(isError);
  return {
    isApproved: review?.isApproved ?? false,
    hasErrors,
    ...(review?.word === undefined ? {} : { word: review.word }),
  };
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}
