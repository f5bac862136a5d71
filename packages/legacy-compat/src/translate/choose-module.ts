import { type ModeName, modeNames } from '@jarvis/core';

import { type LegacyModule, legacyModuleNames, legacyModules } from './legacy-modules.ts';
import type { LegacyConfig } from './read-legacy-config.ts';

/** The module that is taken to have read a configuration. */
export interface ChosenModule {
  readonly module: LegacyModule;
  readonly mode: ModeName;
  /** What only a person can say; what was taken until then is in the sentence. */
  readonly questions: readonly string[];
  /** What the file says otherwise, where a person has answered already. */
  readonly notes: readonly string[];
}

/** What a key says about who ran the project. */
interface Claim {
  readonly key: string;
  readonly value: unknown;
  readonly module: LegacyModule | undefined;
  readonly mode?: ModeName;
}

/** The words for the modules; the name of the file, with or without `orchestrator_`, is always one. */
const WORDS: Readonly<Record<LegacyModule, readonly string[]>> = {
  orchestrator: ['orchestrator', 'main'],
  orchestrator_2loop: ['2loop', '2_loop', 'two_loop', 'simple', 'simple_2loop'],
  orchestrator_3loop_legacy: ['3loop_legacy', '3loop', '3_loop', 'three_loop', 'legacy', 'legacy_3loop'],
  orchestrator_phase3: ['phase3', 'phase_3', 'adaptive'],
};

const HOW_TO_SAY =
  'Name it with --module, or write "orchestrator": { "type": "2loop" }, "3loop_legacy", "phase3" or "orchestrator" into the old file; then translate it again';

/** Finds out which module read a configuration: the one that is asked for, or the one the file names. */
export function chooseModule(values: LegacyConfig, asked: LegacyModule | undefined): ChosenModule {
  const claims = listClaims(values);
  const unclear = claims.filter(({ module, key }) => module === undefined && key !== 'orchestrator.loops');
  const unread = unclear.map(({ key, value }) => `${key}: ${show(value)} names no orchestrator.`);
  if (asked !== undefined) {
    const notes = contradictions(claims, asked).map((said) => `${said} ${asked} is taken, as you say.`);
    return { ...choose(asked, []), notes: [...unread, ...notes] };
  }

  const [first] = claims.filter(({ module }) => module !== undefined);
  if (first?.module !== undefined) {
    const { module } = first;
    const doubts = contradictions(claims, module).map((said) => `${said} Which is right? ${taken(module)}`);
    const questions = [...unread, ...doubts];
    return { ...choose(module, questions), ...(first.mode === undefined ? {} : { mode: first.mode }) };
  }
  return choose(...guess(values, unread));
}

/** In the order in which they count. */
function listClaims({ mode, orchestrator = {} }: LegacyConfig): readonly Claim[] {
  const named: readonly (readonly [string, unknown])[] = [
    ['orchestrator.mode', orchestrator.mode],
    ['orchestrator.type', orchestrator.type],
    ['mode', mode],
  ];
  const claims = named
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => readClaim(key, value));
  const { loops } = orchestrator;
  if (loops === undefined) return claims;
  const module = Number(loops) === 2 ? 'orchestrator_2loop' : undefined;
  return [...claims, { key: 'orchestrator.loops', value: loops, module }];
}

function readClaim(key: string, value: unknown): Claim {
  const word = String(value).trim();
  const mode = modeNames.find((name) => name === word.toUpperCase());
  // It picked no old module; what it may become, the adaptive mode, is what the old phase 3 was.
  if (mode === 'CONTEXT_AWARE') return { key, value, mode, module: 'orchestrator_phase3' };
  return { key, value, module: readWord(word.toLowerCase().replaceAll('-', '_')) };
}

function readWord(word: string): LegacyModule | undefined {
  const short = word.replace(/\.py$/u, '').replace(/^orchestrator_/u, '');
  return legacyModuleNames.find((module) => WORDS[module].includes(short));
}

function contradictions(claims: readonly Claim[], module: LegacyModule): readonly string[] {
  const others = claims.filter((claim) => claim.module !== undefined && claim.module !== module);
  return [...others, ...wrongLoops(claims, module)].map(
    ({ key, value }) => `${key}: ${show(value)} is not what ${module} was.`,
  );
}

/** Three loops leave three modules open, but not the one with two. */
function wrongLoops(claims: readonly Claim[], module: LegacyModule): readonly Claim[] {
  return claims.filter(
    (claim) => claim.key === 'orchestrator.loops' && claim.module === undefined && !mayHave(claim, module),
  );
}

function mayHave({ value }: Claim, module: LegacyModule): boolean {
  return Number(value) === 3 && module !== 'orchestrator_2loop';
}

/** Nothing in the file names a module. */
function guess(
  { orchestrator, max_audits_per_stage: audits }: LegacyConfig,
  unread: readonly string[],
): readonly [LegacyModule, readonly string[]] {
  const hasThree = Number(orchestrator?.loops) === 3;
  const module = hasThree ? 'orchestrator_phase3' : 'orchestrator_2loop';
  const hint = audits === undefined || hasThree ? '' : ' (max_audits_per_stage speaks for phase3)';
  const question = `mode: the file does not say which orchestrator ran the project${hint}. ${taken(module)}`;
  return [module, [...unread, question]];
}

function taken(module: LegacyModule): string {
  return `Taken: ${module}, that is ${legacyModules[module].mode}. ${HOW_TO_SAY}.`;
}

function choose(module: LegacyModule, questions: readonly string[]): ChosenModule {
  return { module, mode: legacyModules[module].mode, questions, notes: [] };
}

function show(value: unknown): string {
  return JSON.stringify(value).slice(0, 80);
}
