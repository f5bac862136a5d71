import type { Definition, Dependency } from './describe-module.ts';
import { featureNames } from './features.ts';
import type { Inventory, ModuleInventory } from './inventory.ts';

/** Renders an inventory as Markdown. */
export function renderInventory(inventory: Inventory): string {
  const { modules, missing, references, risks, unread, leftOut } = inventory;
  const parts = [
    `# The old orchestrators in ${inventory.root}`,
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
      String(module.lines),
      String(module.definitions.filter(({ kind }) => kind === 'function').length),
      String(module.definitions.filter(({ kind }) => kind === 'class').length),
      module.header.namesOther === undefined ? 'its own' : `names ${code(module.header.namesOther)}`,
      String(module.tests.length),
    ]),
  );
}

function renderModule(module: ModuleInventory): string {
  const { path, header, definitions, tests } = module;
  return [
    `### ${path}`,
    '',
    ...(header.title === '' ? [] : [`- says: ${header.title.replaceAll('|', '\\|')}`]),
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
    ...modules.map(({ features }) => {
      const found = features.find((one) => one.feature === feature);
      return found === undefined ? '–' : `line ${String(found.line)} (${String(found.places)})`;
    }),
  ]);
  return table(['feature', ...modules.map(({ module }) => module)], rows);
}

function likenessTable({ comparisons }: Inventory): string {
  if (comparisons.length === 0) return 'There is only one.';
  return table(
    ['one', 'other', 'equal lines', 'names both define'],
    comparisons.map(({ modules: [one, other], equalLinesPercent, sharedNames }) => [
      one,
      other,
      `${String(equalLinesPercent)} %`,
      sharedNames.length === 0 ? 'none' : sharedNames.map(code).join(', '),
    ]),
  );
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
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Quoted, with what would end a cell or the quotation made harmless. */
function code(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}
