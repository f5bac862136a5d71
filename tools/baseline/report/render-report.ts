import type { RuleFault } from '../rules/review-rules.ts';
import {
  type BaselineReport,
  type ReportedDifference,
  type ScenarioReport,
  verdicts,
} from './baseline-report.ts';

/** The longest value that is shown, in characters; the JSON report has all of it. */
const VALUE_LENGTH = 160;

/** A scenario's verdict, and below it what differs although nothing explains it. */
export function renderScenario({ name, verdict, defects, note, differences }: ScenarioReport): string {
  const numbers = verdict === 'intended' ? ` (defect ${defects.join(', ')})` : '';
  const unexplained =
    verdict === 'difference' ? differences.filter(({ explainedBy }) => explainedBy.length === 0) : [];
  const head = `${plain(name)}: ${verdict}${numbers}${note === undefined ? '' : `; ${plain(note)}`}`;
  return [head, ...unexplained.map(renderDifference)].join('\n');
}

/** Everything a report says beside the scenarios: counts by old module, unreadable input, the rules. */
export function renderSummary(report: BaselineReport): string {
  const { unreadable, rules, faults, doubts } = report;
  const unproven = rules.filter(({ use }) => use === 'unproven').map(({ name }) => name);
  return [
    '',
    ...renderTable(report),
    ...section(
      'Unreadable:',
      unreadable.map(({ name, problem }) => `${plain(name)}: ${plain(problem)}`),
    ),
    ...section('Rules at fault:', faults.map(renderFault)),
    ...section('Rules to look at:', doubts.map(renderFault)),
    ...section('Rules whose evidence occurs in no scenario that was played:', unproven),
  ].join('\n');
}

function renderDifference({ path, recorded, ours, expected }: ReportedDifference): string {
  return `  ${plain(path)}\n    recorded ${show(recorded)}\n    ours     ${show(ours)}\n    expected ${show(expected)}`;
}

function renderTable({ scenarios }: BaselineReport): readonly string[] {
  const modules = [...new Set(scenarios.map(({ module }) => module))].sort();
  const rows = modules.map((module) => {
    const own = scenarios.filter((scenario) => scenario.module === module);
    return [
      plain(module),
      ...verdicts.map((verdict) => String(own.filter((scenario) => scenario.verdict === verdict).length)),
      [...new Set(own.flatMap(({ defects }) => defects))].sort((one, other) => one - other).join(', '),
    ];
  });
  const table = [['old module', ...verdicts, 'defects'], ...rows];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function renderFault({ kind, scenario, problem }: RuleFault): string {
  return `${kind}: ${scenario === undefined ? '' : `${plain(scenario)}: `}${plain(problem)}`;
}

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return plain(text.length > VALUE_LENGTH ? `${text.slice(0, VALUE_LENGTH)}…` : text);
}

/** Names and values come from files of others and end up in a terminal. */
function plain(text: string): string {
  return text.replaceAll(/\s*\n\s*/gu, ' ').replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�');
}
