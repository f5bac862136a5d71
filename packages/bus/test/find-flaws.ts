import type { DeadLetter } from '../src/dead-letters.ts';
import type { Message } from '../src/message/message.ts';

/** What was seen of a bus until nothing happened any more. */
export interface History {
  /** How many messages were accepted. */
  readonly sent: number;
  /** What was delivered, in order. */
  readonly heard: readonly Message[];
  /** What a handler was given, by id, in order. */
  readonly handled: readonly string[];
  /** How the requests ended for those who had asked. */
  readonly ends: readonly { readonly id: string; readonly end: string }[];
  readonly letters: readonly DeadLetter<Message>[];
  readonly pending: readonly Message[];
}

/** Holds a history against what the bus promises, and says what does not agree. */
export function findFlaws(history: History): readonly string[] {
  return [...findDisorder(history), ...findRepeats(history), ...findOpenEnds(history)];
}

function findDisorder({ heard }: History): readonly string[] {
  const last = new Map<string, number>();
  return heard.flatMap(({ id, from, sequence }) => {
    const isLate = sequence <= (last.get(from) ?? 0);
    last.set(from, Math.max(sequence, last.get(from) ?? 0));
    return isLate ? [`${id} came after a later message of the ${from}`] : [];
  });
}

function findRepeats({ heard, handled, ends }: History): readonly string[] {
  const lists = [
    ['delivered', heard.map(({ id }) => id)],
    ['handled', handled],
    ['ended', ends.map(({ id }) => id)],
  ] as const;
  return lists.flatMap(([what, ids]) =>
    ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} was ${what} twice`),
  );
}

function findOpenEnds({ sent, heard, ends, letters, pending }: History): readonly string[] {
  const dead = new Set(letters.map(({ message }) => message.id));
  const seen = new Set([...heard.map(({ id }) => id), ...dead]);
  const endOf = new Map(ends.map(({ id, end }) => [id, end]));
  const requests = heard.filter(({ kind }) => kind === 'clarification.requested');
  return [
    ...(seen.size === sent ? [] : [`${String(sent)} were sent, but ${String(seen.size)} came to anything`]),
    ...pending.map(({ id }) => `${id} is still open`),
    ...requests.filter(({ id }) => !endOf.has(id)).map(({ id }) => `${id} was never told an end`),
    ...ends
      .filter(({ id, end }) => (end === 'dead') !== dead.has(id))
      .map(({ id, end }) => `${id} ended ${end}, which does not agree with the dead letters`),
  ];
}
