import { z } from 'zod';

import { MOST_FINDINGS } from './limits.ts';

/** What an audit of the predecessor found. */
export interface OldFinding {
  /** As it is written; empty when nothing is. */
  readonly severity: string;
  readonly description: string;
  readonly category: string;
  readonly file: string | undefined;
  /** Left out where nothing is said about it: a log tells when something was found, and not what became of it. */
  readonly isResolved?: boolean;
}

/** The findings of a list, and how many of its entries say nothing. */
export interface ReadFindings {
  readonly findings: readonly OldFinding[];
  readonly unreadable: number;
}

const DESCRIPTIONS = ['description', 'message', 'issue', 'title', 'detail', 'text'];
const SEVERITIES = ['severity', 'finding_severity', 'level'];
const CATEGORIES = ['category', 'finding_category', 'rule'];
const FILES = ['file_path', 'file', 'filename', 'path'];
const FILE_LISTS = ['files', 'file_paths', 'affected_files'];
const RESOLVED = ['resolved', 'is_resolved', 'fixed'];
const DONE: readonly string[] = ['resolved', 'fixed', 'verified', 'closed', 'done'];

/** Lists in lists are taken apart to this depth. */
const DEEPEST = 5;

const factsSchema = z.record(z.string(), z.unknown());
const listSchema = z.array(z.unknown());

/** Reads findings: objects, texts alone, and lists of them; an object of objects is a list by name. */
export function readFindings(written: unknown, depth = 0): ReadFindings {
  const list = listSchema.safeParse(written);
  if (list.success && depth < DEEPEST) return join(list.data.map((each) => readFindings(each, depth + 1)));
  const facts = factsSchema.safeParse(written);
  if (facts.success) return readObject(facts.data, depth);
  const isText = typeof written === 'string' && written.trim() !== '' && depth > 0;
  if (!isText) return { findings: [], unreadable: depth > 0 ? 1 : 0 };
  const finding = {
    severity: '',
    description: written.trim(),
    category: '',
    file: undefined,
  };
  return { findings: [finding], unreadable: 0 };
}

function readObject(facts: z.infer<typeof factsSchema>, depth: number): ReadFindings {
  const description = firstText(facts, DESCRIPTIONS);
  if (description === '') {
    const named = Object.values(facts).filter((value) => factsSchema.safeParse(value).success);
    const isList = depth < DEEPEST && named.length > 0;
    return isList ? readFindings(named, depth) : { findings: [], unreadable: depth > 0 ? 1 : 0 };
  }
  const listed = FILE_LISTS.flatMap((name) => listSchema.safeParse(facts[name]).data ?? []);
  const file = firstText(facts, FILES) || listed.find((each) => typeof each === 'string' && each !== '');
  const finding = {
    severity: firstText(facts, SEVERITIES),
    description,
    category: firstText(facts, CATEGORIES),
    file: typeof file === 'string' ? file : undefined,
    ...readResolved(facts),
  };
  return { findings: [finding], unreadable: 0 };
}

function readResolved(facts: Readonly<Record<string, unknown>>): Pick<OldFinding, 'isResolved'> {
  const told = RESOLVED.map((name) => facts[name]).find((value) => typeof value === 'boolean');
  const status = firstText(facts, ['status']).toLowerCase();
  if (told === undefined && status === '') return {};
  return { isResolved: told ?? DONE.includes(status) };
}

function firstText(facts: Readonly<Record<string, unknown>>, names: readonly string[]): string {
  for (const name of names) {
    const value = facts[name];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return '';
}

function join(parts: readonly ReadFindings[]): ReadFindings {
  return {
    findings: parts.flatMap(({ findings }) => findings),
    unreadable: parts.reduce((sum, { unreadable }) => sum + unreadable, 0),
  };
}

/** What two places tell of one stage, or one place twice: of two findings that say the same one is left. */
export function mergeFindings(
  known: readonly OldFinding[],
  read: readonly OldFinding[],
): { readonly findings: readonly OldFinding[]; readonly isCut: boolean } {
  let isCut = false;
  const merged = [...known];
  for (const finding of read) {
    const index = merged.findIndex((other) => isSame(other, finding));
    const other = merged[index];
    if (other !== undefined) merged[index] = fill(other, finding);
    else if (merged.length < MOST_FINDINGS) merged.push(finding);
    else isCut = true;
  }
  return { findings: merged, isCut };
}

/** Where one of them is open, it is open. */
function fill(one: OldFinding, other: OldFinding): OldFinding {
  const told = [one.isResolved, other.isResolved].filter((each) => each !== undefined);
  return {
    severity: one.severity || other.severity,
    description: one.description,
    category: one.category || other.category,
    file: one.file ?? other.file,
    ...(told.length === 0 ? {} : { isResolved: told.every(Boolean) }),
  };
}

function isSame(one: OldFinding, other: OldFinding): boolean {
  const agrees = (a = '', b = '') => a === '' || b === '' || a === b;
  return (
    one.description === other.description &&
    agrees(one.severity, other.severity) &&
    agrees(one.category, other.category) &&
    agrees(one.file, other.file)
  );
}
