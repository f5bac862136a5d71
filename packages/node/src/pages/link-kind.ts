import type { PageSummary } from '@jarvis/core';

/** Where a link leads, by the form of its address. */
export type LinkKind = PageSummary['links'][number]['kind'];

const SCHEME = /^([a-z][a-z\d+.-]*):/iu;

const kindsByScheme: ReadonlyMap<string, LinkKind> = new Map([
  ['http', 'external'],
  ['https', 'external'],
  ['mailto', 'mail'],
  ['tel', 'phone'],
  ['javascript', 'script'],
  ['vbscript', 'script'],
  ['data', 'script'],
]);

/**
 * Tells where a link leads.
 *
 * @param href the address, cleaned; `''` when there is none
 */
export function linkKindOf(href: string): LinkKind {
  if (href === '' || href === '#') return 'none';
  if (href.startsWith('#')) return 'section';
  if (/^[/\\]{2}/u.test(href)) return 'external';
  const scheme = SCHEME.exec(href)?.[1];
  return scheme === undefined ? 'page' : (kindsByScheme.get(scheme.toLowerCase()) ?? 'other');
}
