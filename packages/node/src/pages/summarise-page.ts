import type { PageSummary } from '@jarvis/core';
import { Parser } from 'htmlparser2';

import { PageCollector } from './page-collector.ts';
import { toSummary } from './page-findings.ts';

/** The longest part of a page that is read, in UTF-16 units. */
export const LONGEST_PAGE = 500_000;

/** The most elements that may be open: the parser looks through them at each tag that closes one. */
export const DEEPEST_PAGE = 512;

const CHUNK = 4_096;

/**
 * Tells what is on a page, in time linear in its length. Broken markup is read as a browser would, more or less;
 * of a page that is too long or too deep the beginning is read.
 */
export function summarisePage(html: string): PageSummary {
  const collector = new PageCollector();
  const parser = new Parser({
    onopentag: (name, attributes) => collector.open(name, attributes),
    ontext: (data) => collector.text(data),
    onclosetag: (name) => collector.close(name),
  });
  const end = Math.min(html.length, LONGEST_PAGE);
  let position = 0;
  while (position < end && collector.depth <= DEEPEST_PAGE) {
    const next = Math.min(position + CHUNK, end);
    parser.write(html.slice(position, next));
    position = next;
  }
  const isWhole = position >= html.length && collector.depth <= DEEPEST_PAGE;
  parser.end();
  return toSummary(collector.findings, isWhole);
}
