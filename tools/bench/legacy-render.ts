import type { DefectDelta, LegacyGroup, LegacyMetric, LegacyReport } from './legacy-report.ts';
import type { RecordedWorkload } from './legacy-workloads.ts';

const UNRECORDED = 'not recorded';

/** Says a report in lines. */
export function renderLegacyReport(report: LegacyReport): readonly string[] {
  const { equal, equalWithMoreRequests, equalWithOtherCost, unplayed, unexplained } = report;
  return [
    'Counts and cost compare exactly. Times and memory are of different machines; processor time includes the start.',
    packagesLine(report),
    '',
    ...table([
      ['old module', 'figure', 'recorded', 'ours', 'ours / recorded'],
      ...report.groups.flatMap(rowsOf),
    ]),
    '',
    `Scenarios that are equal: ${String(equal.scenarios)}`,
    ...table(rowsOf(equal).filter(([, figure]) => figure === 'requests' || figure === 'cost')),
    `  more requests than recorded: ${listOf(equalWithMoreRequests)}; another cost: ${listOf(equalWithOtherCost)}`,
    '',
    'Where defects are repaired, ours less recorded:',
    ...table([['defects', 'requests', 'cost', 'scenarios'], ...report.deltas.map(deltaRow)]),
    '',
    'Fixed workloads of the predecessor, recorded only:',
    ...table([
      ['workload', 'calls', 'time', 'processor time', 'memory'],
      ...report.workloads.map(workloadRow),
    ]),
    ...unexplained.map((id) => `Nothing explains the differences of ${id}; npm run baseline shows them.`),
    ...unplayed.map(({ id, problem }) => `Not played: ${id}: ${problem}`),
  ];
}

function packagesLine({ packages, idle }: LegacyReport): string {
  const how = packages === 'built' ? 'as they are built' : 'from source, reading TypeScript included';
  return `The packages ran ${how}. Node.js alone takes ${render(idle.cpuMs, 'ms')} and ${render(idle.rssBytes / 1_048_576, 'MB')}.`;
}

function rowsOf({ name, scenarios, metrics }: LegacyGroup): readonly (readonly string[])[] {
  return metrics.map((metric, index) => [
    index === 0 || name === 'equal' ? `${name} (${String(scenarios)})` : '',
    metric.metric,
    metric.recorded === null ? UNRECORDED : render(metric.recorded, metric.unit),
    metric.ours === null ? 'none' : render(metric.ours, metric.unit),
    metric.ratio === null ? '' : metric.ratio.toFixed(metric.unit === 'usd' ? 4 : 2),
  ]);
}

function render(figure: number, unit: LegacyMetric['unit']): string {
  switch (unit) {
    case 'ms':
      return `${figure.toFixed(figure < 100 ? 1 : 0)} ms`;
    case 'MB':
      return `${figure.toFixed(0)} MB`;
    case 'count':
      return String(figure);
    case 'usd':
      return `$${figure.toFixed(6)}`;
  }
}

function deltaRow({ defects, requests, usd, scenarios }: DefectDelta): readonly string[] {
  const cost = usd === null ? UNRECORDED : `${usd < 0 ? '-' : '+'}${render(Math.abs(usd), 'usd')}`;
  return [defects.join(', '), `${requests < 0 ? '' : '+'}${String(requests)}`, cost, scenarios.join(', ')];
}

function workloadRow({
  workload,
  calls,
  wallMs,
  cpuMsPerCall,
  rssBytes,
}: RecordedWorkload): readonly string[] {
  return [
    workload,
    String(calls),
    `${render(wallMs / calls, 'ms')} a call`,
    `${render(cpuMsPerCall, 'ms')} a call`,
    render(rssBytes / 1_048_576, 'MB'),
  ];
}

function listOf(ids: readonly string[]): string {
  return ids.length === 0 ? 'none' : ids.join(', ');
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}
