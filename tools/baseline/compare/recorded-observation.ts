import type { Trace } from '../scenario/scenario-file.ts';
import { isProbe } from './is-probe.ts';
import { foldSafety } from './fold-safety.ts';
import type { Observation } from './observation.ts';

const NANO_PER_USD = 1e9;

/** A trace as an observation. */
export function toRecordedObservation(trace: Trace): Observation {
  const probes = trace.calls.filter(isProbe);
  const probing = probes.reduce((sum, { attempts }) => sum + attempts.length, 0);
  return {
    status: trace.status.coreLog ?? trace.outcome.return?.status ?? null,
    calls: trace.calls
      .filter((call) => !isProbe(call))
      .map(({ role, model, temperature, attempts, user, usage }) => {
        return { role, model, temperature, attempts, user: foldSafety(user), usage, isRepair: false };
      }),
    probes: probes.length,
    requests: trace.httpRequests - probing,
    retries: trace.retries - (probing - probes.length),
    unscripted: {},
    files: Object.fromEntries(trace.filesWritten.map(({ path, sha256, bytes }) => [path, { sha256, bytes }])),
    commits: trace.git === null ? null : trace.git.commits.map(({ subject }) => subject),
    cost: { usd: trace.cost.summary?.total_usd ?? 0, lines: toCostLines(trace) },
    inputs: trace.inputsAsked,
  };
}

function toCostLines({ cost }: Trace): Observation['cost']['lines'] {
  const stated = cost.byRoleAndModel.filter(
    ({ promptTokens, completionTokens }) => promptTokens + completionTokens > 0,
  );
  return Object.fromEntries(
    stated.map(({ role, model, promptTokens, completionTokens, usd }) => [
      `${role} ${model}`,
      { inputTokens: promptTokens, outputTokens: completionTokens, nanoUsd: Math.round(usd * NANO_PER_USD) },
    ]),
  );
}
