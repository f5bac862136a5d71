import type { ScreeningFinding } from '@jarvis/core';

const ROLE = /\b(?:act\s+as|pretend\s+(?:to\s+be|you\s+are)|you\s+are\s+now|role-?\s?play\s+as)\b/giu;

/** Wishes that the model be somebody else, which the predecessor took for an attempt to steer it. */
export function findRoleConfusion(task: string): readonly ScreeningFinding[] {
  return [...task.matchAll(ROLE)].map(({ 0: quote, index: position }) => ({
    kind: 'ignore-rules',
    severity: 'high',
    quote,
    position,
    description: 'It wants the model to be somebody else.',
  }));
}
