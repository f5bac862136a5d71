import type { ObservedCall, Observation } from '../compare/observation.ts';
import { sumCost } from '../reference/charged-cost.ts';

/** A fault that was put into an observation, and what it is called. */
export interface Mutant {
  readonly name: string;
  readonly observation: Observation;
}

const OTHER_MODELS: readonly string[] = ['gpt-4o', 'gpt-4o-mini', 'gpt-4o-other'];
const SHA256_LENGTH = 64;

/** Observations with one fault each, of the kinds a comparison must never let pass. */
export function mutateObservation(ours: Observation): readonly Mutant[] {
  return [
    ...mutateCalls(ours),
    ...stopAsIfCapped(ours),
    ...mutateCounts(ours),
    ...mutateFiles(ours),
    ...mutateCommits(ours),
    ...mutateStatus(ours),
  ];
}

function mutateCalls(ours: Observation): readonly Mutant[] {
  const { calls } = ours;
  const withCall = (index: number, call: ObservedCall) => ({ ...ours, calls: calls.with(index, call) });
  const single = calls.flatMap((call, index): readonly Mutant[] => {
    const at = `call ${String(index + 1)}`;
    return [
      { name: `${at} is missing`, observation: { ...ours, calls: calls.toSpliced(index, 1) } },
      ...OTHER_MODELS.filter((model) => model !== call.model).map((model) => {
        return { name: `${at} went to ${model}`, observation: withCall(index, { ...call, model }) };
      }),
      { name: `${at} has another role`, observation: withCall(index, { ...call, role: 'merge.diff' }) },
      {
        name: `${at} was tried once more`,
        observation: withCall(index, { ...call, attempts: [...call.attempts, 200] }),
      },
      ...mutateUser(call).map(({ name, user }) => ({
        name: `${at} ${name}`,
        observation: withCall(index, { ...call, user }),
      })),
    ];
  });
  const last = calls.at(-1);
  if (last === undefined) return [];
  const more = [...calls, last];
  return [
    ...single,
    { name: 'the last call is missing and was never paid', observation: recount(ours, calls.slice(0, -1)) },
    { name: 'the last call is there twice', observation: { ...ours, calls: more } },
    { name: 'the last call was made and paid twice', observation: recount(ours, more) },
    ...OTHER_MODELS.filter((model) => calls.some((call) => call.model !== model)).map((model) => {
      const observation = recount(
        ours,
        calls.map((call) => ({ ...call, model })),
      );
      return { name: `${model} did all the work`, observation };
    }),
  ];
}

function mutateUser({ user }: ObservedCall): readonly { readonly name: string; readonly user: unknown }[] {
  if (typeof user !== 'object' || user === null)
    return [{ name: 'has another text', user: `${String(user)}!` }];
  const entries = Object.entries(user);
  return entries.flatMap(([key, value]: readonly [string, unknown]) => [
    { name: `has no ${key}`, user: Object.fromEntries(entries.filter(([other]) => other !== key)) },
    { name: `has another ${key}`, user: { ...user, [key]: { was: value } } },
    ...(key === 'feedback' ? otherFeedback(value) : []).map((feedback) => {
      return { name: 'got other feedback', user: { ...user, feedback } };
    }),
  ]);
}

function otherFeedback(value: unknown): readonly unknown[] {
  const lines: readonly unknown[] = Array.isArray(value) ? value : [];
  return [Array.isArray(value) ? null : [], [...lines, 'More of it']];
}

/** Runs that ended before one of the calls and say that the cap ended them. */
function stopAsIfCapped(ours: Observation): readonly Mutant[] {
  return ours.calls.map((_, index) => {
    const calls = ours.calls.slice(0, index);
    const hasWorked = calls.some(({ role }) => role === 'employee.build');
    const status = hasWorked ? 'cost_cap_exceeded' : 'aborted_cost_cap_planning';
    const observation = { ...recount(ours, calls), status, files: hasWorked ? ours.files : {} };
    return { name: `the run stopped before call ${String(index + 1)}`, observation };
  });
}

/** The observation of a run that really made these calls: requests and cost follow. */
function recount(ours: Observation, calls: readonly ObservedCall[]): Observation {
  const requests = calls.reduce((sum, { attempts }) => sum + attempts.length, 0);
  return { ...ours, calls, requests, retries: requests - calls.length, cost: sumCost(calls) };
}

function mutateCounts(ours: Observation): readonly Mutant[] {
  const { cost, probes, requests, retries, unscripted, inputs } = ours;
  const lines = Object.entries(cost.lines).map(([key, line]) => ({
    name: `the price of ${key} is off`,
    observation: {
      ...ours,
      cost: { ...cost, lines: { ...cost.lines, [key]: { ...line, nanoUsd: line.nanoUsd + 1 } } },
    },
  }));
  return [
    ...lines,
    { name: 'the total cost is off', observation: { ...ours, cost: { ...cost, usd: cost.usd + 0.000_002 } } },
    { name: 'the server was looked for', observation: { ...ours, probes: probes + 1 } },
    { name: 'there is one more request', observation: { ...ours, requests: requests + 1 } },
    { name: 'there is one more retry', observation: { ...ours, retries: retries + 1 } },
    {
      name: 'a request had no reply',
      observation: { ...ours, unscripted: { ...unscripted, 'merge.diff': 1 } },
    },
    { name: 'a question was asked', observation: { ...ours, inputs: [...inputs, { answer: 'y' }] } },
  ];
}

function mutateFiles(ours: Observation): readonly Mutant[] {
  const { files } = ours;
  const paths = Object.keys(files);
  const other = { sha256: '0'.repeat(SHA256_LENGTH), bytes: 1 };
  return [
    ...paths.flatMap((path) => [
      { name: `${path} has another content`, observation: { ...ours, files: { ...files, [path]: other } } },
      {
        name: `${path} was not written`,
        observation: {
          ...ours,
          files: Object.fromEntries(Object.entries(files).filter(([name]) => name !== path)),
        },
      },
    ]),
    {
      name: 'one more file was written',
      observation: { ...ours, files: { ...files, 'one-more.html': other } },
    },
  ];
}

function mutateCommits(ours: Observation): readonly Mutant[] {
  const { commits } = ours;
  if (commits === null) return [{ name: 'there is a repository', observation: { ...ours, commits: [] } }];
  return [
    ...commits.flatMap((subject, index) => [
      {
        name: `commit ${String(index + 1)} is missing`,
        observation: { ...ours, commits: commits.toSpliced(index, 1) },
      },
      {
        name: `commit ${String(index + 1)} has another subject`,
        observation: { ...ours, commits: commits.with(index, `${subject}!`) },
      },
    ]),
    { name: 'there is one more commit', observation: { ...ours, commits: [...commits, 'one more'] } },
    { name: 'there is no repository', observation: { ...ours, commits: null } },
  ];
}

function mutateStatus(ours: Observation): readonly Mutant[] {
  const words = [
    'approved',
    'needs_changes',
    'cost_cap_exceeded',
    'failed_unusable_answer',
    'completed',
    'done',
    null,
  ];
  return words
    .filter((status) => status !== ours.status)
    .map((status) => ({ name: `the status is ${String(status)}`, observation: { ...ours, status } }));
}
