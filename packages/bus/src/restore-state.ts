import type { BusOptions } from './bus-options.ts';
import type { BusState } from './bus-state.ts';
import { InvalidMessageError } from './errors.ts';
import type { MessageCatalog, MessageOf } from './message/message-catalog.ts';
import { describeProblems, parseMessage } from './message/parse-message.ts';
import { transportRecordSchema } from './transport/transport.ts';
import type { TransportRecord } from './transport/transport.ts';

/** Folds what was recorded into an empty state, and gives the messages that were restored. */
export function restoreState<Catalog extends MessageCatalog>(
  { catalog, messages = [], transport }: BusOptions<Catalog>,
  state: BusState<Catalog>,
): readonly MessageOf<Catalog>[] {
  const restored: MessageOf<Catalog>[] = [];
  const take = (value: unknown): void => {
    const message = parseMessage(catalog, value);
    state.restore(message);
    state.deliver(message);
    restored.push(message);
  };

  for (const message of messages) take(message);
  for (const record of transport?.history ?? []) {
    const parsed = parseRecord(record);
    if (parsed.type === 'message.carried') take(parsed.message);
    else restoreLetter(parsed, state);
  }
  return restored;
}

function parseRecord(value: unknown): TransportRecord {
  const record = transportRecordSchema.safeParse(value);
  if (!record.success) throw new InvalidMessageError({ problems: describeProblems(record.error) });
  return record.data;
}

function restoreLetter<Catalog extends MessageCatalog>(
  { messageId, reason, atMs }: Extract<TransportRecord, { readonly type: 'message.dead' }>,
  state: BusState<Catalog>,
): void {
  const message = state.find(messageId);
  if (message === undefined || !state.bury({ message, reason, atMs })) {
    const problem = `messageId: ${JSON.stringify(messageId)} was not sent, was answered or is dead already`;
    throw new InvalidMessageError({ problems: [problem] });
  }
}
