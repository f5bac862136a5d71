import type { SourceLanguage, SourceProblem, SourceTask } from './source-problem.ts';

type Inspect = (task: SourceTask) => readonly SourceProblem[];

/** Each parser is loaded when the first file of its language comes. */
const INSPECTORS: Readonly<Record<SourceLanguage, () => Promise<Inspect>>> = {
  javascript: async () => (await import('./inspect-script.ts')).inspectScript,
  typescript: async () => (await import('./inspect-script.ts')).inspectScript,
  css: async () => (await import('./inspect-style.ts')).inspectStyle,
  python: async () => (await import('./inspect-python.ts')).inspectPython,
  yaml: async () => (await import('./inspect-yaml.ts')).inspectYaml,
};

const FILLED_IN_LATER: Readonly<Record<SourceLanguage, RegExp>> = {
  // Two braces are plain JavaScript and Python.
  javascript: /\{%|<%/u,
  typescript: /\{%|<%/u,
  python: /\{%|<%/u,
  css: /\{%|<%|\{\{/u,
  yaml: /\{%|<%|\{\{/u,
};

/**
 * Says what is wrong with one source file. A line that a template engine fills in is no mistake: what comes out of it
 * cannot be known.
 *
 * @throws RangeError when the file is nested too deeply to be read.
 */
export async function inspectSource(task: SourceTask): Promise<readonly SourceProblem[]> {
  const inspect = await INSPECTORS[task.language]();
  const problems = inspect(task);
  const [first] = problems.filter(({ kind }) => kind === 'syntax');
  if (first === undefined || !FILLED_IN_LATER[task.language].test(lineAt(task.content, first.line))) {
    return problems;
  }
  return [{ kind: 'template', rule: 'template', line: first.line, text: 'Not checked: this is a template.' }];
}

function lineAt(content: string, line: number): string {
  return content.split('\n', line)[line - 1]?.slice(0, 10_000) ?? '';
}
