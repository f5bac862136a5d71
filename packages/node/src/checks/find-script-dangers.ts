import { resolveCallee } from './callee.ts';
import { collectModules, type ModuleNames } from './module-names.ts';
import { quoteOf, type SourceProblem } from './source-problem.ts';
import { nodesIn, partsOf, type SyntaxNode, walk } from './syntax-node.ts';

type Danger = readonly [rule: string, text: string];

const PROGRAMS: ReadonlyMap<string, Danger> = new Map([
  ['eval', ['eval', 'eval runs any text as a program.']],
  ['Function', ['new-function', 'Function makes a program of any text.']],
]);
const SHELL: Danger = [
  'shell',
  'A shell reads this command, and parts of it vary; use execFile with a list.',
];
const WRITE: Danger = ['document-write', 'document.write takes texts for markup and may replace the page.'];
const MARKUP: Danger = ['inner-html', 'What varies is taken for markup here; use textContent for texts.'];
const SQL: Danger = ['sql-text', 'An SQL statement is put together out of texts; use parameters.'];

const HINTS =
  /eval|Function|outerHTML|innerHTML|AdjacentHTML|document|child_process|select|insert|update|delete|replace|\\u/iu;
const GLOBALS = /^(?:window|globalThis|self|global)\./u;
const SHELL_CALLS: ReadonlySet<string> = new Set(['child_process.exec', 'child_process.execSync']);
const SQL_METHODS =
  /\.(?:query|execute|exec|prepare|raw|unsafe|run|all|get|each|\$(?:query|execute)RawUnsafe)$/u;
const SQL_START = /^\s*(?:select\s.*\sfrom|insert\s+into|update\s.*\sset|delete\s+from|replace\s+into)\s/isu;
const SQL_LENGTH = 200;
const LITERALS: ReadonlySet<string> = new Set([
  'StringLiteral',
  'TemplateElement',
  'NumericLiteral',
  'BooleanLiteral',
  'NullLiteral',
]);

/** Finds calls that run text as a program or as a command, or show it as markup. What never varies is left alone. */
export function findScriptDangers(tree: SyntaxNode, source: string): readonly SourceProblem[] {
  // Most files have none of the names, nor a way to hide one.
  if (!HINTS.test(source)) return [];
  const modules = source.includes('child_process') ? collectModules(tree) : new Map<string, string>();
  const problems: SourceProblem[] = [];
  walk(tree, (node) => {
    const danger = judge(node, modules);
    if (danger === undefined) return;
    const [rule, text] = danger;
    const { start, end, loc } = node;
    problems.push({ kind: 'danger', rule, line: loc.start.line, text, quote: quoteOf(source, start, end) });
  });
  return problems.sort((one, other) => one.line - other.line);
}

function judge(node: SyntaxNode, modules: ModuleNames): Danger | undefined {
  switch (node.type) {
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
      return judgeCall(node, modules);
    case 'AssignmentExpression':
      return judgeAssignment(node);
    default:
      return undefined;
  }
}

function judgeCall(node: SyntaxNode, modules: ModuleNames): Danger | undefined {
  const name = resolveCallee(node, modules).replace(GLOBALS, '');
  const given = nodesIn(node['arguments']);
  if (name === 'document.write' || name === 'document.writeln') return WRITE;
  if (name.endsWith('.insertAdjacentHTML')) return given.slice(1).some(varies) ? MARKUP : undefined;

  const [first] = given;
  if (first === undefined || !given.some(varies)) return undefined;
  return PROGRAMS.get(name) ?? (isPutTogether(first) ? judgeText(name, first) : undefined);
}

function judgeText(name: string, text: SyntaxNode): Danger | undefined {
  if (SHELL_CALLS.has(name)) return SHELL;
  return SQL_METHODS.test(name) && SQL_START.test(textAtStart(text)) ? SQL : undefined;
}

function judgeAssignment(node: SyntaxNode): Danger | undefined {
  const [target] = nodesIn(node['left']);
  const [property] = target?.type === 'MemberExpression' ? nodesIn(target['property']) : [];
  const name = property?.['name'];
  if (name !== 'innerHTML' && name !== 'outerHTML') return undefined;
  return nodesIn(node['right']).some(varies) ? MARKUP : undefined;
}

function varies(value: SyntaxNode): boolean {
  for (const { type } of partsOf(value)) {
    if (!LITERALS.has(type)) return true;
  }
  return false;
}

/** Whether fixed and varying texts are joined. */
function isPutTogether(value: SyntaxNode): boolean {
  return (value.type === 'TemplateLiteral' || value.type === 'BinaryExpression') && varies(value);
}

/** How a text begins; what varies in it is a question mark. */
function textAtStart(value: SyntaxNode): string {
  let text = '';
  for (const part of partsOf(value)) {
    text += fixedText(part['value']);
    if (text.length >= SQL_LENGTH) break;
  }
  return text.slice(0, SQL_LENGTH);
}

function fixedText(written: unknown): string {
  if (typeof written === 'string') return written;
  const isTemplate = typeof written === 'object' && written !== null && 'raw' in written;
  return isTemplate ? String(written.raw) : '?';
}
