import type { NumberedRequest, ReplyFunction } from '@jarvis/node/testing';

import { questionOf } from '../question.ts';
import { readBrief } from './brief.ts';
import { type Scenario, USAGE } from './scenario.ts';

/**
 * The model: what it answers depends on the question alone, so that a run always ends in the same files. Only whether
 * a question fails depends on the past: some do when they are asked for the first time. Work is answered when
 * `beforeWork` is through.
 */
export function createModel(
  scenario: Scenario,
  beforeWork: (moment: number) => Promise<void>,
): ReplyFunction {
  const failed = new Set<string>();
  return async (request) => {
    const brief = readBrief(dataOf(request));
    const moment = scenario.momentOf(brief);
    if (moment !== undefined) await beforeWork(moment);
    const question = questionOf(request.body);
    if (scenario.failsFirst(brief) && !failed.has(question)) {
      failed.add(question);
      return { type: 'status', status: 503, headers: { 'retry-after-ms': '5' } };
    }
    const isRepair = request.messages.some(({ role }) => role === 'assistant');
    return scenario.isUnreadable(brief) && !isRepair
      ? { type: 'text', content: 'I would rather talk about knots.', usage: USAGE }
      : { type: 'json', content: scenario.answer(brief), usage: USAGE };
  };
}

function dataOf({ messages }: NumberedRequest): string {
  return messages.find(({ role }) => role === 'user')?.text ?? '{}';
}
