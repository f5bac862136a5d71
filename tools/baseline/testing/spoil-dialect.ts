import type { RoutingCondition, RoutingRule } from '@jarvis/core';
import type { Dialect, Work } from '@jarvis/loops';
import { z } from 'zod';

/** A rule that leads to a model nobody wanted. */
export function wrongModel(when: RoutingCondition, model: string): RoutingRule {
  return { when, model, because: 'It is wrong on purpose.' };
}

/** Work whose files are others than those of the answer. */
export function withFiles(change: (files: Work['changes']) => Work['changes']): (reply: Work) => Work {
  return ({ summary, changes }) => ({ summary, changes: change(changes) });
}

export function addLineEnd(change: Work['changes'][number]): Work['changes'][number] {
  return change.type === 'write' ? { ...change, content: `${change.content}\n` } : change;
}

const payloadSchema = z.record(z.string(), z.unknown());

export function withoutKey(payload: string, key: string): string {
  const { [key]: _left, ...rest } = payloadSchema.parse(JSON.parse(payload));
  return JSON.stringify(rest);
}

export function replaceKey(payload: string, key: string, value: unknown): string {
  return JSON.stringify({ ...payloadSchema.parse(JSON.parse(payload)), [key]: value });
}

/** Prices of which that of the large model is off. */
export function wrongPrice({ prices }: Dialect): NonNullable<Dialect['prices']> {
  const models = { ...prices?.models, 'gpt-4o': { input: 2.5, output: 10.01 } };
  return { asOf: '2025-11-24', models };
}
