import type { Check, Finding, WorkspaceFile } from '@jarvis/core';
import type { ConfigData, HtmlValidate, Message } from 'html-validate';

/** Markup a browser has to guess about, or that shuts people out, is an error; taste is not judged. */
const RULES: NonNullable<ConfigData['rules']> = {
  'close-order': 'error',
  'void-content': 'error',
  'no-dup-id': 'error',
  'no-dup-attr': 'error',
  'no-unknown-elements': 'error',
  'element-permitted-content': 'error',
  'element-required-attributes': 'error',
  'element-required-content': 'error',
  'empty-title': 'error',
  'wcag/h37': 'error',
  'missing-doctype': 'warn',
  'no-deprecated-attr': 'warn',
  deprecated: 'warn',
};

const HTML = /\.html?$/iu;

/** `warn` in the rules of html-validate is 1, `error` is 2. */
const ERROR_SEVERITY = 2;

/** Checks HTML files with html-validate, by rules that are fixed here: no configuration of the project is read. */
export function createHtmlCheck(): Check {
  let validator: Promise<HtmlValidate> | undefined;
  return {
    id: 'html',
    async inspect(files) {
      const pages = files.filter(({ path }) => HTML.test(path));
      if (pages.length === 0) return [];
      validator ??= loadValidator();
      const loaded = await validator;
      const findings = await Promise.all(pages.map((page) => inspectPage(loaded, page)));
      return findings.flat();
    },
  };
}

/** The library takes its time to load, so it is loaded with the first page. */
async function loadValidator(): Promise<HtmlValidate> {
  const { HtmlValidate, StaticConfigLoader } = await import('html-validate');
  return new HtmlValidate(new StaticConfigLoader([], { root: true, elements: ['html5'], rules: RULES }));
}

async function inspectPage(
  validator: HtmlValidate,
  { path, content }: WorkspaceFile,
): Promise<readonly Finding[]> {
  const { results } = await validator.validateString(withoutDirectives(content), path);
  return results.flatMap(({ messages }) => messages.map((message) => toFinding(path, message)));
}

/** A comment in the page could switch rules off, and the page was written by whoever is checked. */
function withoutDirectives(content: string): string {
  return content.replaceAll('[html-validate-', '[html-checked--');
}

function toFinding(path: string, { ruleId, severity, line, message }: Message): Finding {
  return {
    severity: severity === ERROR_SEVERITY ? 'error' : 'warning',
    source: 'html',
    rule: ruleId,
    description: message,
    file: path,
    line: Math.max(1, line),
  };
}
