import { visibleText } from '../project/visible-text.ts';
import type { ModuleInventory } from './inventory.ts';
import type { Reference } from './reference.ts';

/** Draws who imports whom as Mermaid: the six, what they import of the tree, and what loads them. */
export function drawGraph(modules: readonly ModuleInventory[], references: readonly Reference[]): string {
  const pathOf = new Map(modules.map(({ module, path }) => [module, path]));
  const own = modules.flatMap(({ path, dependencies }) =>
    dependencies.flatMap((dependency) =>
      dependency.path === undefined ? [] : [[path, dependency.path, '-->'] as const],
    ),
  );
  const outer = references
    .filter(({ form }) => form !== 'mention')
    .flatMap(({ path, module, form }) => {
      const target = module === undefined ? undefined : pathOf.get(module);
      if (target === undefined || target === path) return [];
      return [[path, target, form === 'string' || form === 'dynamic' ? '-.->' : '-->'] as const];
    });
  const edges = [...new Map([...own, ...outer].map((edge) => [edge.join(), edge])).values()];
  const paths = [
    ...new Set([...modules.map(({ path }) => path), ...edges.flatMap(([from, to]) => [from, to])]),
  ];
  const id = (path: string) => `n${String(paths.indexOf(path))}`;
  const isOld = (path: string) => modules.some((module) => module.path === path);
  return [
    'flowchart LR',
    ...paths.map((path) => {
      const label = labelOf(path);
      return isOld(path) ? `  ${id(path)}[["${label}"]]` : `  ${id(path)}["${label}"]`;
    }),
    ...edges.map(([from, to, arrow]) => `  ${id(from)} ${arrow} ${id(to)}`),
  ].join('\n');
}

/** A path as Mermaid shows it: what means something in a label is written by its number. */
function labelOf(path: string): string {
  return visibleText(path).replaceAll(/["#<>&`]/gu, (sign) => `#${String(sign.charCodeAt(0))};`);
}
