import { type Finding, foldWhiteSpace } from '@jarvis/core';

/** What an error may rest on. */
export interface EvidenceGround {
  /** The ids of the checks that ran on the content and failed. */
  readonly failedChecks: readonly string[];
  /** The requirements of the plan, word for word. */
  readonly requirements: readonly string[];
  /** The files that were audited, by path. Without them, a quote is believed. */
  readonly contents?: ReadonlyMap<string, string>;
}

/** An error that was made a warning, and what it lacks. */
export interface Downgrade {
  /** As it was reported. */
  readonly finding: Finding;
  readonly lacks: 'basis' | 'quote' | 'quoted_text';
}

/** Findings of which every error has evidence, and what was changed about them. */
export interface EvidencedFindings {
  readonly findings: readonly Finding[];
  readonly downgraded: readonly Downgrade[];
}

/**
 * Makes a warning of every error without evidence. An error has to cite a failing check (by its source or rule) or a
 * requirement of the plan, and quote the text it is about: from its file or, where something is missing altogether and no
 * file can be named, from the requirement. What a failing check itself reports needs no quote.
 */
export function requireEvidence(findings: readonly Finding[], ground: EvidenceGround): EvidencedFindings {
  const downgraded: Downgrade[] = [];
  const kept = findings.map((finding): Finding => {
    const lacks = finding.severity === 'error' ? findLack(finding, ground) : undefined;
    if (lacks === undefined) return finding;
    downgraded.push({ finding, lacks });
    return { ...finding, severity: 'warning' };
  });
  return { findings: kept, downgraded };
}

function findLack(finding: Finding, ground: EvidenceGround): Downgrade['lacks'] | undefined {
  const { source, rule, requirement } = finding;
  if (ground.failedChecks.includes(source)) return undefined;

  const citesCheck = rule !== undefined && ground.failedChecks.includes(rule);
  const cited = ground.requirements.find(
    (known) => requirement !== undefined && foldWhiteSpace(known) === foldWhiteSpace(requirement),
  );
  if (!citesCheck && cited === undefined) return 'basis';
  return findQuoteLack(finding, cited, ground.contents);
}

function findQuoteLack(
  { quote = '', file }: Finding,
  requirement: string | undefined,
  contents: EvidenceGround['contents'],
): Downgrade['lacks'] | undefined {
  const wanted = foldWhiteSpace(quote);
  if (wanted === '') return 'quote';
  if (contents === undefined) return undefined;
  const texts = file === undefined ? [...contents.values(), requirement ?? ''] : [contents.get(file) ?? ''];
  return texts.some((text) => foldWhiteSpace(text).includes(wanted)) ? undefined : 'quoted_text';
}
