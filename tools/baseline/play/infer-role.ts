import type { LegacyRole } from '../scenario/legacy-reply.ts';

/** What the predecessor sent to see whether the server answers at all. */
const CONNECTIVITY_CHECK = 'test';

/** Who asks, told from the shape of the user message alone, as the recorder of the baseline did it. */
export function inferRole(userMessage: string): LegacyRole {
  const user = parseUserMessage(userMessage);
  if (typeof user !== 'object' || user === null || Array.isArray(user)) {
    return userMessage === CONNECTIVITY_CHECK ? 'connectivity' : 'manager.plan';
  }
  if ('files_summary' in user) return 'manager.review';
  if ('previous_files' in user) return 'employee.build';
  if ('stage' in user && 'files' in user) return 'supervisor.audit';
  return 'plan' in user ? 'supervisor.phases' : 'manager.plan';
}

/** A user message as a trace shows it: an object when it is one, otherwise the text. */
export function parseUserMessage(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : text;
  } catch {
    // Not JSON: the message is the text itself.
    return text;
  }
}
