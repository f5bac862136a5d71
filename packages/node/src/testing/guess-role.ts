import type { ChatRequest } from './chat-request.ts';

const INSTRUCTION_ROLES: readonly string[] = ['system', 'developer'];

/** The role that the instructions of a request name first, as a whole word; `undefined` when they name none. */
export function guessRole({ messages }: ChatRequest, roles: readonly string[]): string | undefined {
  const instructions = messages
    .filter(({ role }) => INSTRUCTION_ROLES.includes(role))
    .map(({ text }) => text)
    .join('\n');

  return roles
    .map((role) => ({ role, at: instructions.search(wholeWord(role)) }))
    .filter(({ at }) => at !== -1)
    .toSorted((left, right) => left.at - right.at)[0]?.role;
}

function wholeWord(text: string): RegExp {
  return new RegExp(`(?<!\\w)${text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')}(?!\\w)`, 'i');
}
