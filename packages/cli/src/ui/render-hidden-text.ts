import { escapeForTerminal } from './escape-for-terminal.ts';

/** Invisible characters; those that hold an emoji or a script together are no trick. */
const JOINERS =
  /(?<=[\p{L}\p{M}\p{Extended_Pictographic}\uFE0F\p{EMod}])[\u200C\u200D](?=[\p{L}\p{M}\p{Extended_Pictographic}])/gu;
const HIDDEN = /[\p{Cf}\p{Co}\p{Zl}\p{Zp}\u{E0000}-\u{E0FFF}]/gu;

/** How much is shown around the first hidden character, in characters. */
const SHOWN_BEFORE = 20;
const SHOWN_AFTER = 120;

/** What of a person's words is shown, and what becomes of it. */
const FATES = { task: 'the model reads', reason: 'is kept with it', name: 'is kept with it' } as const;

/** A warning that shows what others read and a person does not see; nothing when there is no such thing. */
export function renderHiddenText(words: string, kind: keyof typeof FATES = 'task'): string {
  const text = words.replace(JOINERS, '');
  const count = text.match(HIDDEN)?.length ?? 0;
  if (count === 0) return '';
  const first = [...text.slice(0, text.search(HIDDEN))].length;
  const shown = [...text].slice(Math.max(0, first - SHOWN_BEFORE), first + SHOWN_AFTER).join('');
  const characters = count === 1 ? 'a hidden character' : `${String(count)} hidden characters`;
  return `The ${kind} has ${characters}, which ${FATES[kind]}: ${escapeForTerminal(shown).replaceAll('\n', ' ')}\n`;
}
