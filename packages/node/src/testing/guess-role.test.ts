import { describe, expect, it } from 'vitest';

import type { ChatMessage, ChatRequest } from './chat-request.ts';
import { guessRole } from './guess-role.ts';

function requestWith(...messages: readonly ChatMessage[]): ChatRequest {
  return {
    model: 'm',
    messages,
    isStreamed: false,
    wantsStreamedUsage: false,
    body: {},
    bodySha256: '',
    headers: {},
  };
}

describe('guessRole', () => {
  it.each([
    ['You are the Manager of a team with one employee.', 'manager'],
    ['As an employee you follow the manager.', 'employee'],
    ['You manage employees.', undefined],
    ['You are a C++ (senior) writer.', 'c++ (senior)'],
  ])('reads "%s" as %s', (text, expected) => {
    const request = requestWith({ role: 'system', text });

    const role = guessRole(request, ['employee', 'manager', 'c++ (senior)']);

    expect(role).toBe(expected);
  });

  it('reads instructions only, not what the user says', () => {
    const request = requestWith(
      { role: 'user', text: 'manager' },
      { role: 'developer', text: 'the employee' },
    );

    const role = guessRole(request, ['manager', 'employee']);

    expect(role).toBe('employee');
  });
});
