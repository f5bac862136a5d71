import { visibleText } from '../project/visible-text.ts';
import type { Definition, Dependency } from './describe-module.ts';
import { featureNames } from './features.ts';
import type { Inventory, ModuleInventory } from './inventory.ts';
import { onOneLine } from './read-source.ts';

/** Renders an inventory as Markdown. */
export function renderInventory(inventory: Inventory): string {
  const { modules, missing, references, risks, unread, bridge, leftOut } = inventory;
  const parts = [
    `# The old orchestrators in ${code(inventory.root)}`,
    `${String(modules.length)} of 6 modules, ${String(references.length)} places that name them, ${String(inventory.sources)} sources read. Nothing was run.`,
    ...(missing.length === 0 ? [] : [`Not there: ${missing.map((module) => `${module}.py`).join(', ')}.`]),
    section('Modules', moduleTable(modules)),
    ...modules.map(renderModule),
    section(
      'Features',
      `${featureTable(modules)}\n\nA cell tells the first line that speaks for it and how many names do. Evidence, not proof.`,
    ),
    section('Likeness', likenessTable(inventory)),
    section('Dependencies all of them have', names(inventory.commonDependencies)),
    section('Who uses them', referenceTable(inventory)),
    section('Dependency graph', `\`\`\`mermaid\n${inventory.graph}\n\`\`\``),
    section(
      'What may break',
      risks.length === 0
        ? 'Nothing was found.'
        : risks
            .map(({ level, what, where }) => `- **${level}**: ${what}: ${where.map(code).join(', ')}`)
            .join('\n'),
    ),
    ...(unread.length === 0
      ? []
      : [
          section(
            'Not read completely',
            unread.map(({ path, problem }) => `- ${code(path)}: ${problem}`).join('\n'),
          ),
        ]),
    ...(bridge.length === 0
      ? []
      : [`The bridge of \`jarvis migrate python\`, not looked into: ${bridge.map(code).join(', ')}.`]),
    ...(leftOut.length === 0 ? [] : [`Not looked into: ${leftOut.map(code).join(', ')}.`]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function section(title: string, text: string): string {
  return `## ${title}\n\n${text}`;
}

function moduleTable(modules: readonly ModuleInventory[]): string {
  return table(
    ['module', 'bytes', 'lines', 'functions', 'classes', 'header', 'tests'],
    modules.map((module) => [
      code(module.path),
      String(module.bytes),
      ...(module.problem === undefined ? countsOf(module) : ['not read', 'not read', 'not read', 'not read']),
      String(module.tests.length),
    ]),
  );
}

function countsOf({ lines, definitions, header }: ModuleInventory): readonly string[] {
  return [
    String(lines),
    String(definitions.filter(({ kind }) => kind === 'function').length),
    String(definitions.filter(({ kind }) => kind === 'class').length),
    header.namesOther === undefined ? 'its own' : `names ${code(header.namesOther)}`,
  ];
}

function renderModule(module: ModuleInventory): string {
  const { path, header, definitions, tests, problem } = module;
  if (problem !== undefined) return `### ${code(path)}\n\n- not read: ${problem}`;
  return [
    `### ${code(path)}`,
    '',
    ...(header.title === '' ? [] : [`- says: ${code(onOneLine(header.title))}`]),
    `- defines: ${definitions.length === 0 ? 'nothing' : definitions.map(renderDefinition).join(', ')}`,
    `- imports: ${names(module.dependencies)}`,
    `- imports alone: ${names(module.uniqueDependencies)}`,
    `- tests that name it: ${tests.length === 0 ? 'none' : tests.map(code).join(', ')}`,
  ].join('\n');
}

function renderDefinition({ kind, name, line, methods }: Definition): string {
  const inside = methods.length === 0 ? '' : ` with ${methods.map(code).join(', ')}`;
  return `${kind} ${code(name)} (line ${String(line)})${inside}`;
}

function featureTable(modules: readonly ModuleInventory[]): string {
  const rows = featureNames.map((feature) => [
    feature,
    ...modules.map(({ features, problem }) => {
      if (problem !== undefined) return 'not read';
      const found = features.find((one) => one.feature === feature);
      return found === undefined ? '–' : `line ${String(found.line)} (${String(found.places)})`;
    }),
  ]);
  return table(['feature', ...modules.map(({ module }) => module)], rows);
}

function likenessTable({ comparisons }: Inventory): string {
  if (comparisons.length === 0) return 'Fewer than two were read.';
  const rows = table(
    ['one', 'other', 'equal lines', 'names both define'],
    comparisons.map(({ modules: [one, other], equalLinesPercent, isInOrder, sharedNames }) => [
      one,
      other,
      `${String(equalLinesPercent)} %${isInOrder ? '' : ' (in any order)'}`,
      sharedNames.length === 0 ? 'none' : sharedNames.map(code).join(', '),
    ]),
  );
  return comparisons.every(({ isInOrder }) => isInOrder)
    ? rows
    : `${rows}\n\n"In any order": they differ in so much that their lines were counted wherever they stand.`;
}

function referenceTable({ references }: Inventory): string {
  if (references.length === 0) return 'Nobody.';
  return table(
    ['place', 'module', 'how', 'what is written'],
    references.map(({ path, line, module, form, statement }) => [
      code(`${path}:${String(line)}`),
      module ?? 'not known',
      form,
      code(statement),
    ]),
  );
}

function names(dependencies: readonly Dependency[]): string {
  return dependencies.length === 0 ? 'nothing' : dependencies.map(({ name }) => code(name)).join(', ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(toCell).join(' | ')} |`)
    .join('\n');
}

/** What would end a cell made harmless; a backslash before it cannot be told from one that does that. */
function toCell(text: string): string {
  return text.replaceAll(/\\+(?=\|)/gu, (signs) => '\\u{5c}'.repeat(signs.length)).replaceAll('|', '\\|');
}

/** Quoted on one line, with more backticks around it than there are in it. */
function code(text: string): string {
  const shown = visibleText(text);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/gu)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}
