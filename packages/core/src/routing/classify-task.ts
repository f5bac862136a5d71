import type { TaskComplexity, TaskImportance, TaskKind } from './task-facts.ts';
import { complexityWords, kindWords } from './task-words.ts';

/** One sign in a task's text, and what it speaks for. */
export interface TaskEvidence {
  readonly fact: 'kind' | 'complexity';
  readonly value: string;
  /** The word or words as the lists have them, or a length: `84 words`. */
  readonly sign: string;
}

/** What a task looks like. Advice for routing rules, never a reason to refuse anything. */
export interface TaskClass {
  readonly kind: TaskKind;
  readonly complexity: TaskComplexity;
  /** As the caller stated it. */
  readonly importance?: TaskImportance;
  readonly evidence: readonly TaskEvidence[];
}

/** From so many words on a task is taken for more work, and from so many for much more. */
const LONG_WORDS = 60;
const VERY_LONG_WORDS = 150;

const WORD = /[\p{L}\p{N}]+/gu;

const kindsBySign = indexBySign(kindWords);
const complexitiesBySign = indexBySign(complexityWords);

/**
 * Judges a task by the English words in it, in time linear in its length. A text in another language is `other` and
 * judged by its length alone.
 *
 * @param text the task as it was set
 * @param importance what the caller knows of it; it is taken over, never guessed
 */
export function classifyTask(text: string, importance?: TaskImportance): TaskClass {
  const { signs, words } = readSigns(text);
  const ofKind = findEvidence('kind', signs, kindsBySign);
  const ofComplexity = [
    ...findEvidence('complexity', signs, complexitiesBySign),
    ...weighLength(words),
    ...weighBreadth(ofKind),
  ];
  return {
    kind: mostNamed(ofKind.map(({ value }) => value)) ?? 'other',
    complexity: weigh(ofComplexity.map(({ value }) => value)),
    ...(importance === undefined ? {} : { importance }),
    evidence: [...ofKind, ...ofComplexity],
  };
}

interface Evidence<Value extends string> extends TaskEvidence {
  readonly value: Value;
}

function indexBySign<Value extends string>(
  lists: Readonly<Record<Value, readonly string[]>>,
): ReadonlyMap<string, Value>;
function indexBySign(lists: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(lists).flatMap(([value, signs]) => signs.map((sign) => [sign, value] as const)),
  );
}

/** The words and pairs of words of a text, each once, in the order in which they first appear. */
function readSigns(text: string): { readonly signs: ReadonlySet<string>; readonly words: number } {
  const signs = new Set<string>();
  let before = '';
  let words = 0;
  for (const [match] of text.matchAll(WORD)) {
    const word = match.toLowerCase();
    for (const form of [word, singular(word)]) {
      signs.add(form);
      signs.add(`${before} ${form}`);
    }
    before = word;
    words += 1;
  }
  return { signs, words };
}

function singular(word: string): string {
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

function findEvidence<Value extends string>(
  fact: TaskEvidence['fact'],
  signs: ReadonlySet<string>,
  values: ReadonlyMap<string, Value>,
): readonly Evidence<Value>[] {
  return [...signs].flatMap((sign) => {
    const value = values.get(sign);
    return value === undefined ? [] : [{ fact, value, sign }];
  });
}

function weighLength(words: number): readonly Evidence<'high'>[] {
  const sign = `${String(words)} words`;
  const one = { fact: 'complexity', value: 'high', sign } as const;
  if (words < LONG_WORDS) return [];
  return words < VERY_LONG_WORDS ? [one] : [one, one];
}

/** A task that is about several things at once is more than one that is about a single one. */
function weighBreadth(ofKind: readonly Evidence<TaskKind>[]): readonly Evidence<'high'>[] {
  const kinds = [...new Set(ofKind.map(({ value }) => value))];
  return kinds.length < 3 ? [] : [{ fact: 'complexity', value: 'high', sign: kinds.join(' and ') }];
}

/** The value that is named most often; of those named equally often, the one named first. */
function mostNamed<Value extends string>(values: readonly Value[]): Value | undefined {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce<readonly [Value, number] | undefined>(
    (most, one) => (most === undefined || one[1] > most[1] ? one : most),
    undefined,
  )?.[0];
}

function weigh(values: readonly ('high' | 'low')[]): TaskComplexity {
  const balance = values.reduce((sum, value) => sum + (value === 'high' ? 1 : -1), 0);
  if (balance >= 2) return 'high';
  return balance <= -1 ? 'low' : 'medium';
}
