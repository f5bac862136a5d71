import { type PromptTemplate, templateName } from './prompt-template.ts';

/** The sections of a whole prompt, by the purpose they serve, in their order. */
export const promptSections = {
  persona: 'Who you are',
  work: 'What you do',
  quotedData: 'Quoted data',
  answer: 'Answer format',
} as const;

export type PromptSectionName = keyof typeof promptSections;

/** A whole prompt, and the names of the parts it is made of. */
export interface ComposedPrompt extends PromptTemplate {
  readonly parts: readonly string[];
}

/** What a whole prompt is made of. */
export interface PromptComposition {
  readonly id: string;
  /** Grows with every change of a part. */
  readonly version: number;
  readonly parts: Readonly<Record<PromptSectionName, PromptTemplate>>;
}

const ORDER: readonly PromptSectionName[] = ['persona', 'work', 'quotedData', 'answer'];

/** Puts the parts of a prompt together, each under its heading. The same parts always make the same text. */
export function composePrompt({ id, version, parts }: PromptComposition): ComposedPrompt {
  return {
    id,
    version,
    text: ORDER.map((name) => `## ${promptSections[name]}\n\n${parts[name].text}`).join('\n\n'),
    parts: ORDER.map((name) => templateName(parts[name])),
  };
}

/** A prompt with what is to be known of the field the task is from, at its end. */
export function addDomain(prompt: PromptTemplate, domain: PromptTemplate): PromptTemplate {
  const { id, version, text } = prompt;
  return { id, version, text: `${text}\n\n## The field\n\n${domain.text}` };
}
