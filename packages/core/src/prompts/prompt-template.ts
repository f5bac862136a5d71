import { sha256 } from '../journal/hash.ts';

/** A system prompt as data: what it is called, which version it is, and its text. */
export interface PromptTemplate {
  /** `role.purpose`, such as `manager.plan`. */
  readonly id: string;
  /** Grows with every change of the text. */
  readonly version: number;
  readonly text: string;
}

/** How a template is named in step keys and in the journal: `manager.plan@2`. */
export function templateName({ id, version }: PromptTemplate): string {
  return `${id}@${String(version)}`;
}

/** What pins the very text of a template: its name and the start of its hash. */
export function templateFingerprint(template: PromptTemplate): string {
  return `${templateName(template)}#${sha256(template.text).slice(0, 12)}`;
}
