import type { HtmlElement, RuleConfig } from 'html-validate/browser';

import { PageReader } from './page-reader.ts';

/** A link of a page to something that may be a file of the project. */
export interface HtmlLink {
  readonly attribute: string;
  readonly value: string;
  readonly line: number;
}

/** Something that is wrong with a page. */
export interface HtmlMessage {
  readonly rule: string;
  readonly line: number;
  readonly text: string;
  readonly isError: boolean;
}

/** What a page says about itself. */
export interface HtmlInspection {
  readonly messages: readonly HtmlMessage[];
  readonly links: readonly HtmlLink[];
  /** What a link within the page may lead to. */
  readonly anchors: readonly string[];
  /** The `href` of its `<base>`, against which its links are resolved. */
  readonly base?: string;
}

const RULES: RuleConfig = {
  'area-alt': ['error', { accessible: true }],
  'close-attr': 'error',
  'close-order': 'error',
  'element-name': 'error',
  'element-required-attributes': 'error',
  'element-required-content': 'error',
  'empty-title': 'error',
  'no-dup-attr': 'error',
  'no-dup-id': 'error',
  'script-element': 'error',
  'void-content': 'error',
  'wcag/h36': 'error',
  'wcag/h37': 'error',
  'attribute-allowed-values': 'warn',
  deprecated: 'warn',
  'element-permitted-content': 'warn',
  'element-permitted-parent': 'warn',
  'element-required-ancestor': 'warn',
  'empty-heading': 'warn',
  'input-missing-label': 'warn',
  'missing-doctype': 'warn',
  'no-deprecated-attr': 'warn',
  'no-missing-references': 'warn',
  'unrecognized-char-ref': 'warn',
};

const ERROR = 2;

const LINKS: Readonly<Record<string, string>> = {
  href: 'a[href], area[href], link[href]',
  src: 'audio[src], embed[src], iframe[src], img[src], input[src], script[src], source[src], track[src], video[src]',
  poster: 'video[poster]',
  data: 'object[data]',
};

let reader: PageReader | undefined;

/** Inspects a page by rules of our own: no configuration of a project is looked for, and no plug-in is loaded. */
export function inspectHtml(source: string): HtmlInspection {
  // Comments in a page may switch rules off. Whoever writes the page does not decide whether it is checked.
  const markup = source.replaceAll('[html-validate-', '[html_validate-');
  // To put the rules together takes longer than to read a short page.
  reader ??= new PageReader(RULES);
  const { messages, page } = reader.read(markup);

  const isFragment = page?.querySelector('html') === null;
  const base = page?.querySelector('base[href]')?.getAttributeValue('href');
  return {
    messages: messages
      // A part of a page has no document type.
      .filter(({ ruleId }) => !(isFragment && ruleId === 'missing-doctype'))
      .map(({ ruleId, line, message, severity }) => ({
        rule: ruleId,
        line,
        text: message,
        isError: severity === ERROR,
      })),
    links: Object.entries(LINKS).flatMap(([name, selector]) => linksOf(page, name, selector)),
    anchors: [...valuesOf(page, '[id]', 'id'), ...valuesOf(page, 'a[name]', 'name')],
    ...(typeof base === 'string' && { base }),
  };
}

function valuesOf(page: HtmlElement | undefined, selector: string, attribute: string): readonly string[] {
  const elements = page?.querySelectorAll(selector) ?? [];
  return elements.map((element) => element.getAttributeValue(attribute) ?? '');
}

function linksOf(page: HtmlElement | undefined, attribute: string, selector: string): readonly HtmlLink[] {
  const elements = page?.querySelectorAll(selector) ?? [];
  return elements.flatMap((element) => {
    const value = element.getAttributeValue(attribute);
    const line = element.getAttribute(attribute)?.keyLocation.line ?? element.location.line;
    return value === null ? [] : [{ attribute, value, line }];
  });
}
