import type { BusOptions } from './bus-options.ts';
import { createPort } from './create-port.ts';
import type { BusPort } from './bus-port.ts';
import { BusState } from './bus-state.ts';
import type { BusStats } from './bus-stats.ts';
import type { DeadLetter } from './dead-letters.ts';
import { Dispatcher } from './delivery/dispatcher.ts';
import type { InboxFilter } from './mailbox.ts';
import type { MessageBus } from './message-bus.ts';
import type {
  KindOf,
  MessageCatalog,
  MessageDraft,
  MessageOf,
  OutgoingMessage,
  ReplyKindOf,
  RequestKindOf,
  RoleOf,
} from './message/message-catalog.ts';
import { rolesOf } from './message/message-catalog.ts';
import { isReply, requireRole } from './message/parse-message.ts';
import { NotARequestError } from './request-errors.ts';
import { restoreState } from './restore-state.ts';
import type { MessageListener } from './subscription.ts';

/**
 * Makes a bus, empty or as recorded messages left it. It keeps everything in memory; write down what it delivers.
 *
 * @throws the errors of {@link parseMessage} for a recorded message that does not fit the catalogue.
 * @throws {@link BrokenHistoryError} when a recorded message is missing, out of order or there twice.
 * @throws {@link UnknownReplyTargetError} when a recorded message answers one that is not there.
 * @throws {@link NoTimerError} when the transport may lose messages and there is no timer.
 *
 * @example
 * ```ts
 * const bus = createBus({ catalog: agentCatalog, now: () => clock.nowMs(), timer: clock });
 * bus.send({ id: 'n1', kind: 'notice', from: 'manager', to: 'employee', threadId: 'run-1', payload: { text: 'Hello' } });
 * ```
 */
export function createBus<Catalog extends MessageCatalog>(options: BusOptions<Catalog>): MessageBus<Catalog> {
  return new CatalogBus(options);
}

class CatalogBus<Catalog extends MessageCatalog> implements MessageBus<Catalog> {
  readonly #catalog: Catalog;
  readonly #roles: ReadonlySet<string>;
  readonly #state: BusState<Catalog>;
  readonly #dispatcher: Dispatcher<Catalog>;

  constructor(options: BusOptions<Catalog>) {
    this.#catalog = options.catalog;
    this.#roles = rolesOf(options.catalog);
    this.#state = new BusState(options.catalog);
    this.#dispatcher = new Dispatcher(options, this.#state);
    this.#dispatcher.resume(restoreState(options, this.#state));
  }

  port<Role extends RoleOf<Catalog>>(role: Role): BusPort<Catalog, Role> {
    requireRole(this.#roles, role);
    return createPort<Catalog, Role>(role, {
      bus: this,
      dispatcher: this.#dispatcher,
      request: (draft) => this.#request(draft),
    });
  }

  send<Kind extends KindOf<Catalog>>(message: OutgoingMessage<Catalog, Kind>): MessageOf<Catalog, Kind> {
    return this.#dispatcher.send<Kind>(message);
  }

  request<Kind extends RequestKindOf<Catalog>>(
    message: OutgoingMessage<Catalog, Kind>,
  ): Promise<MessageOf<Catalog, ReplyKindOf<Catalog, Kind>>> {
    return this.#request(message);
  }

  async #request<Kind extends KindOf<Catalog>>(
    draft: MessageDraft<Catalog, Kind>,
  ): Promise<MessageOf<Catalog, ReplyKindOf<Catalog, Kind>>> {
    const { kind, id } = this.#dispatcher.send<Kind>(draft);
    if (!this.#state.isRequest({ kind })) throw new NotARequestError({ kind });
    const reply = await this.#state.pending.wait(id);
    if (!isReply<Catalog, Kind>(this.#catalog, draft.kind, reply)) throw new NotARequestError({ kind });
    return reply;
  }

  subscribe(role: RoleOf<Catalog>, listener: MessageListener<MessageOf<Catalog>>): () => void {
    return this.#dispatcher.subscriptions.add(requireRole(this.#roles, role), listener);
  }

  inbox<Kind extends KindOf<Catalog> = KindOf<Catalog>>(
    role: RoleOf<Catalog>,
    filter: InboxFilter<Kind> = {},
  ): readonly MessageOf<Catalog, Kind>[] {
    return this.#state.mailbox(requireRole(this.#roles, role)).list(filter);
  }

  conversation(threadId: string): readonly MessageOf<Catalog>[] {
    return this.#state.threads.list(threadId);
  }

  pendingRequests(): readonly MessageOf<Catalog>[] {
    return this.#state.pending.list();
  }

  deadLetters(): readonly DeadLetter<MessageOf<Catalog>>[] {
    return [...this.#state.letters.values()];
  }

  stats(): BusStats<KindOf<Catalog>, RoleOf<Catalog>> {
    return {
      ...this.#state.count(),
      bytes: this.#dispatcher.budget.bytes,
      pending: this.#state.pending.size,
      deadLetters: this.#state.letters.size,
      observerFailures: this.#dispatcher.subscriptions.failures,
    };
  }

  close(): void {
    this.#dispatcher.close();
  }
}
