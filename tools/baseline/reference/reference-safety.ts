import { SAFETY_LINE } from '../compare/fold-safety.ts';
import type { ReferenceSite } from './reference-site.ts';

const DANGERS: readonly RegExp[] = [
  /(?<![\w.])(?:eval|exec)\s*\(/u,
  /(?<![\w.])os\.system\s*\(/u,
  /(?<![\w.])subprocess\.\w+\(.*shell\s*=\s*True/u,
];

const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** What the safety check of the predecessor says of a site: one line for all of it, or nothing. */
export function safetyLines(site: ReferenceSite): readonly string[] {
  const isUnsafe = [...site].some(([path, content]) => path.endsWith('.py') && isDangerous(content));
  return isUnsafe ? [SAFETY_LINE] : [];
}

/** Comments and strings say nothing; a bracket that is not closed, or a head without a colon, is no Python. */
function isDangerous(content: string): boolean {
  const bare = content.replaceAll(/("""|''')[\s\S]*?\1/gu, '""').replaceAll(/"[^"\n]*"|'[^'\n]*'/gu, '""');
  const code = bare.replaceAll(/#.*$/gmu, '');
  return DANGERS.some((danger) => danger.test(code)) || !isBalanced(code) || hasOpenHead(code);
}

function isBalanced(code: string): boolean {
  const open: string[] = [];
  for (const sign of code.match(/[()[\]{}]/gu) ?? []) {
    const opening = OPENING[sign];
    if (opening === undefined) open.push(sign);
    else if (open.pop() !== opening) return false;
  }
  return open.length === 0;
}

function hasOpenHead(code: string): boolean {
  return /^\s*(?:def|class|if|for|while)\b[^:\n]*$/mu.test(code.replaceAll(/\([^()]*\)/gu, '()'));
}
