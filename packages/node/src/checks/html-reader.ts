import type { WorkspaceFile } from '@jarvis/core';
import { z } from 'zod';

import { whyTooLarge } from './size-limits.ts';
import { moduleBeside, type TaskOutcome, TaskThread } from './task-thread.ts';

const inspectionSchema = z.object({
  messages: z.array(z.object({ rule: z.string(), line: z.int(), text: z.string(), isError: z.boolean() })),
  links: z.array(z.object({ attribute: z.string(), value: z.string(), line: z.int() })),
  anchors: z.array(z.string()),
  base: z.string().optional(),
});

/** What is known of one HTML file of a project. */
export type HtmlReading =
  | ({ readonly type: 'inspected'; readonly path: string } & Readonly<z.infer<typeof inspectionSchema>>)
  /** Written for a template engine: what comes out of it cannot be known here. */
  | { readonly type: 'template'; readonly path: string }
  | { readonly type: 'too-large'; readonly path: string; readonly why: string }
  | { readonly type: 'unreadable'; readonly path: string; readonly problem: string };

/** Reads the HTML files of a project. Checks that share a reader share its work on the same files. */
export type HtmlReader = (files: readonly WorkspaceFile[]) => Promise<readonly HtmlReading[]>;

const HTML = /\.html?$/iu;
const TEMPLATE = /\{%|\{\{[#/^>]|<%|<\?(?!xml)/iu;
const TIMEOUT_MS = 10_000;

/** Creates a reader that gives each page at most `timeoutMs`, in a thread of its own. */
export function createHtmlReader(timeoutMs = TIMEOUT_MS): HtmlReader {
  const thread = new TaskThread({ entry: moduleBeside('html-worker', import.meta.url), timeoutMs });
  const readings = new WeakMap<readonly WorkspaceFile[], Promise<readonly HtmlReading[]>>();
  return (files) => {
    const known = readings.get(files);
    if (known !== undefined) return known;
    const reading = readHtml(files, thread, timeoutMs);
    readings.set(files, reading);
    return reading;
  };
}

async function readHtml(
  files: readonly WorkspaceFile[],
  thread: TaskThread,
  timeoutMs: number,
): Promise<readonly HtmlReading[]> {
  const pages = files.filter(({ path }) => HTML.test(path));
  const plain = pages.filter(
    ({ content }) => whyTooLarge(content, 'html') === undefined && !TEMPLATE.test(content),
  );
  const outcomes = await thread.run(plain.map(({ content }) => content));
  const byPath = new Map(plain.map(({ path }, index) => [path, outcomes[index]]));
  return pages.map(({ path, content }) => {
    const why = whyTooLarge(content, 'html');
    return why === undefined
      ? toReading(path, byPath.get(path), timeoutMs)
      : { type: 'too-large', path, why };
  });
}

function toReading(path: string, outcome: TaskOutcome | undefined, timeoutMs: number): HtmlReading {
  switch (outcome?.type) {
    case undefined:
      return { type: 'template', path };
    case 'done':
      return { type: 'inspected', path, ...inspectionSchema.parse(outcome.value) };
    case 'timed-out':
      return {
        type: 'unreadable',
        path,
        problem: `it takes longer than ${String(timeoutMs / 1_000)} s to read`,
      };
    case 'failed':
      return { type: 'unreadable', path, problem: 'it cannot be read as HTML' };
  }
}
