import { findHiddenText } from '../screening/find-hidden-text.ts';
import { promptSections } from './compose-prompt.ts';
import { listPlaceholders } from './prompt-file.ts';
import { readSections } from './read-sections.ts';
import type { PromptTemplate } from './prompt-template.ts';
import { QUOTED_DATA_RULE } from './quote-untrusted.ts';

/** Something that is wrong with a prompt. */
export interface PromptProblem {
  readonly id: string;
  /** What is wrong, as a sentence for people. */
  readonly problem: string;
}

/** Prompts to be checked: whole ones, and parts that are only ever used inside others. */
export interface PromptsToLint {
  readonly prompts: readonly PromptTemplate[];
  readonly parts?: readonly PromptTemplate[];
}

const ID = /^[a-z]+(?:\.[a-z]+(?:-[a-z]+)*)+$/u;

/** In characters. */
const BOUNDS = { whole: { least: 200, most: 20_000 }, part: { least: 40, most: 4_000 } } as const;

/** Every shape begins with a fixed text, and every repetition is bounded. */
const SECRET =
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY|\b(?:sk-[\w-]{16,200}|gh[pousr]_\w{20,100}|AKIA[0-9A-Z]{16}|AIza[\w-]{30,40}|xox[abps]-[\w-]{10,100}|hf_\w{30,64})/u;

const MACHINE_PATH =
  /(?<![\w.])(?:\/(?:home|Users|root|tmp|var|etc|opt|mnt|srv|private|workspace)\/|[A-Za-z]:\\|~\/)/u;

/** Finds what is wrong with prompts before a model is given them. Pure, and linear in the length of the texts. */
export function lintPrompts({ prompts, parts = [] }: PromptsToLint): readonly PromptProblem[] {
  const all = [...prompts, ...parts];
  return [
    ...findDoubles(all.map(({ id }) => id)),
    ...prompts.flatMap((prompt) => about(prompt, [...lintText(prompt, 'whole'), ...lintParts(prompt)])),
    ...parts.flatMap((part) => about(part, lintText(part, 'part'))),
  ];
}

function about({ id }: PromptTemplate, problems: readonly string[]): readonly PromptProblem[] {
  return problems.map((problem) => ({ id, problem }));
}

function findDoubles(ids: readonly string[]): readonly PromptProblem[] {
  const doubles = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...doubles].map((id) => ({ id, problem: 'the id is used more than once' }));
}

function lintText({ id, version, text }: PromptTemplate, kind: keyof typeof BOUNDS): readonly string[] {
  const { least, most } = BOUNDS[kind];
  const [hidden] = findHiddenText(text);
  return [
    ...(ID.test(id) ? [] : ['the id is not made of small letters and dots, such as manager.plan']),
    ...(Number.isInteger(version) && version > 0 ? [] : ['the version is no whole number above 0']),
    ...(text.length < least ? [`it has fewer than ${String(least)} characters`] : []),
    ...(text.length > most ? [`it has more than ${String(most)} characters`] : []),
    ...listPlaceholders(text).map((placeholder) => `nothing is known to put in for ${placeholder}`),
    ...(SECRET.test(text) ? ['it holds what looks like a secret'] : []),
    ...(MACHINE_PATH.test(text) ? ['it names a path of one machine'] : []),
    ...(hidden === undefined ? [] : [`it holds hidden text. ${hidden.description}`]),
  ];
}

function lintParts({ text }: PromptTemplate): readonly string[] {
  const sections = readSections(text);
  const required = Object.values(promptSections).filter((title) => !sections.has(title));
  const rule = sections.get(promptSections.quotedData);
  const answer = sections.get(promptSections.answer);
  return [
    ...required.map((title) => `the section "## ${title}" is missing`),
    ...[...sections].flatMap(([title, body]) => (body === '' ? [`the section "## ${title}" is empty`] : [])),
    ...(rule === undefined || rule.includes(QUOTED_DATA_RULE)
      ? []
      : ['the rule on quoted data is not in its own words; write {{quoted-data}}']),
    ...(answer === undefined || answer.includes('JSON')
      ? []
      : ['the answer format does not ask for JSON; write {{answer-format}}']),
  ];
}
