import type { Clock } from '../context/clock.ts';
import type { LlmClient } from './llm-client.ts';
import type { LlmError } from './llm-error.ts';

/** When a circuit opens, and for how long. */
export interface CircuitPolicy {
  /** Failed exchanges in a row after which nothing is sent any more; 1 or more. */
  readonly failures: number;
  /** How long nothing is sent then, in milliseconds. */
  readonly coolDownMs: number;
}

/** Five failures in a row, then half a minute of rest. */
export const defaultCircuitPolicy: CircuitPolicy = { failures: 5, coolDownMs: 30_000 };

/** Why nothing is sent at the moment. */
export interface OpenCircuit {
  /** The last failure of the server. */
  readonly error: LlmError;
  readonly failures: number;
  readonly waitMs: number;
}

/** What is known about one model of one server: whether it has been failing, and when it is tried again. */
export class Circuit {
  readonly #policy: CircuitPolicy;
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  #failures = 0;
  #last: LlmError | undefined;
  #openUntilMs = 0;
  #isTrying = false;

  constructor(policy: CircuitPolicy, clock: Pick<Clock, 'monotonicMs'>) {
    this.#policy = policy;
    this.#clock = clock;
  }

  /**
   * Asks whether an exchange may be begun. After the rest it is one at a time, until one has succeeded; each that
   * was let through is followed by one of the calls below.
   */
  enter(): OpenCircuit | undefined {
    if (this.#last === undefined || this.#failures < this.#policy.failures) return undefined;
    const waitMs = Math.max(0, this.#openUntilMs - this.#clock.monotonicMs());
    if (waitMs > 0 || this.#isTrying) {
      return { error: this.#last, failures: this.#failures, waitMs: waitMs || this.#policy.coolDownMs };
    }
    this.#isTrying = true;
    return undefined;
  }

  /** The server answered, be it with a refusal. */
  succeed(): void {
    this.#failures = 0;
    this.#last = undefined;
    this.#isTrying = false;
  }

  /** The exchange failed in a way a healthy server does not have. */
  fail(error: LlmError): void {
    this.#failures += 1;
    this.#last = error;
    this.#openUntilMs = this.#clock.monotonicMs() + this.#policy.coolDownMs;
    this.#isTrying = false;
  }

  /** The exchange was ended from this side and says nothing about the server. */
  leave(): void {
    this.#isTrying = false;
  }
}

/**
 * The circuits of one run context, one for each model of each client, hence of each server: a model that fails does
 * not keep its stand-in from being asked. Runs of another context, in this process or another, are not affected.
 */
export class Circuits {
  readonly #byClient = new WeakMap<LlmClient, Map<string, Circuit>>();
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #policy: CircuitPolicy;

  constructor(clock: Pick<Clock, 'monotonicMs'>, policy: CircuitPolicy = defaultCircuitPolicy) {
    this.#clock = clock;
    this.#policy = policy;
  }

  /** The circuits of a client, by the name of the model. */
  of(client: LlmClient): (model: string) => Circuit {
    const byModel = this.#byClient.get(client) ?? new Map<string, Circuit>();
    this.#byClient.set(client, byModel);
    return (model) => {
      const circuit = byModel.get(model) ?? new Circuit(this.#policy, this.#clock);
      byModel.set(model, circuit);
      return circuit;
    };
  }
}
