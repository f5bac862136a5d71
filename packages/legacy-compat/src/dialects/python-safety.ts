import type { Finding, WorkspaceFile } from '@jarvis/core';
import type { SyntaxNode } from '@lezer/common';

import {
  childrenOf,
  nodesOf,
  parsePython,
  type PythonSource,
  textOf,
} from '../migrate/inspect/python-source.ts';
import { lineAt } from '../migrate/inspect/read-source.ts';

/** More lines make a function hard to read. */
const LONG_FUNCTION = 200;

interface CallRule {
  readonly rule: string;
  readonly severity: Finding['severity'];
  readonly callee: RegExp;
  readonly argument?: RegExp;
  readonly problem: string;
}

const callRules: readonly CallRule[] = [
  { rule: 'eval', severity: 'error', callee: /^eval$/u, problem: 'eval runs text as a program.' },
  { rule: 'exec', severity: 'error', callee: /^exec$/u, problem: 'exec runs text as a program.' },
  { rule: 'os-system', severity: 'error', callee: /^os\.system$/u, problem: 'os.system runs a shell.' },
  {
    rule: 'subprocess-shell',
    severity: 'error',
    callee: /^subprocess\.\w+$/u,
    argument: /^shell\s*=\s*True$/u,
    problem: 'A subprocess is started in a shell.',
  },
  { rule: 'compile', severity: 'warning', callee: /^compile$/u, problem: 'compile makes a program of text.' },
  {
    rule: 'import',
    severity: 'warning',
    callee: /^__import__$/u,
    problem: '__import__ hides what is loaded.',
  },
  {
    rule: 'pickle',
    severity: 'warning',
    callee: /^pickle\.loads?$/u,
    problem: 'Reading a pickle can run a program.',
  },
];

/** The safety check of the predecessor, which looked at Python files alone and ran nothing of them. */
export function inspectPython(files: readonly WorkspaceFile[]): readonly Finding[] {
  return files
    .filter(({ path }) => path.endsWith('.py') && !path.split('/').some((part) => part.startsWith('.')))
    .flatMap(({ path, content }) =>
      inspectSource(parsePython(content)).map((found) => ({ ...found, file: path })),
    );
}

function inspectSource(source: PythonSource): readonly Finding[] {
  // Python 3 knows no print statement.
  const statements = nodesOf(source, ['PrintStatement']).map(({ from }) => lineAt(source.text, from));
  const [broken] = [...source.problemLines, ...statements];
  if (broken !== undefined) {
    return [
      toFinding({ rule: 'syntax', severity: 'error', description: 'This is not Python.', line: broken }),
    ];
  }
  return [
    ...nodesOf(source, ['CallExpression']).flatMap((call) => inspectCall(source, call)),
    ...nodesOf(source, ['TryStatement']).flatMap((node) => inspectHandlers(source, node)),
    ...nodesOf(source, ['FunctionDefinition']).flatMap((node) => inspectLength(source, node)),
  ];
}

function inspectCall(source: PythonSource, call: SyntaxNode): readonly Finding[] {
  const [callee, list] = childrenOf(call);
  if (callee === undefined || list === undefined) return [];
  const name = textOf(source, callee).replaceAll(/\s/gu, '');
  const args = splitArguments(textOf(source, list));
  return callRules
    .filter(
      (rule) =>
        rule.callee.test(name) &&
        (rule.argument === undefined || args.some((text) => rule.argument?.test(text))),
    )
    .map(({ rule, severity, problem }) =>
      toFinding({ rule, severity, description: problem, line: lineAt(source.text, call.from) }),
    );
}

function splitArguments(list: string): readonly string[] {
  return list
    .slice(1, -1)
    .split(',')
    .map((text) => text.trim());
}

function inspectHandlers(source: PythonSource, node: SyntaxNode): readonly Finding[] {
  const children = childrenOf(node);
  return children
    .filter((child, index) => child.name === 'except' && children[index + 1]?.name === 'Body')
    .map(({ from }) => {
      const line = lineAt(source.text, from);
      return toFinding({
        rule: 'bare-except',
        severity: 'warning',
        description: 'It catches every error.',
        line,
      });
    });
}

function inspectLength(source: PythonSource, node: SyntaxNode): readonly Finding[] {
  const first = lineAt(source.text, node.from);
  const length = lineAt(source.text, node.to) - first + 1;
  if (length <= LONG_FUNCTION) return [];
  const description = `A function has ${String(length)} lines.`;
  return [toFinding({ rule: 'long-function', severity: 'warning', description, line: first })];
}

function toFinding(found: Pick<Finding, 'rule' | 'severity' | 'description' | 'line'>): Finding {
  return { source: 'safety', ...found };
}

/** What the employee is told of the errors of the last look at everything. */
export function tellSafety(findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ file = '', line = 1, description }) => `Safety: ${file}, line ${String(line)}: ${description}`);
}
