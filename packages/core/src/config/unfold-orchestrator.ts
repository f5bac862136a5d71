import { showValue } from '../errors/show-value.ts';
import { type Entries, isObject } from './entries.ts';

/** A problem before it is known where the configuration comes from. */
export interface KeyProblem {
  readonly key: string;
  readonly problem: string;
}

/** A configuration with its sections at the top, and how the user spelled what was moved there. */
export interface UnfoldedConfig {
  readonly config: unknown;
  /** The key as it was written, dotted, by the key at the top. */
  readonly spelling: ReadonlyMap<string, string>;
  readonly problems: readonly KeyProblem[];
}

/** Moves what `{ orchestrator: { mode, config } }`, the spelling of the consolidation plan, says to the top. */
export function unfoldOrchestrator(written: unknown): UnfoldedConfig {
  if (!isObject(written) || !Object.hasOwn(written, 'orchestrator')) {
    return { config: written, spelling: new Map(), problems: [] };
  }
  const { orchestrator, ...top } = written;
  const inner = isObject(orchestrator) ? orchestrator : {};
  const sections = isObject(inner.config) ? inner.config : {};
  const mode: Entries = inner.mode === undefined ? {} : { mode: inner.mode };
  return {
    config: { ...sections, ...mode, ...top },
    spelling: new Map([
      ...Object.keys(sections).map((key) => [key, `orchestrator.config.${key}`] as const),
      ...Object.keys(mode).map((key) => [key, `orchestrator.${key}`] as const),
    ]),
    problems: [
      ...findShapeProblems(orchestrator),
      ...findRepeated([top, mode, sections]).map((key) => ({
        key,
        problem: 'is written in two places, at the top and under "orchestrator". Keep one of them.',
      })),
    ],
  };
}

function findShapeProblems(orchestrator: unknown): readonly KeyProblem[] {
  if (!isObject(orchestrator)) {
    return [
      {
        key: 'orchestrator',
        problem: `expected an object with mode and config (it is ${showValue(orchestrator)})`,
      },
    ];
  }
  const { config } = orchestrator;
  const unknown = Object.keys(orchestrator).filter((key) => key !== 'mode' && key !== 'config');
  const problems = unknown.map((key) => ({
    key: `orchestrator.${key}`,
    problem: 'unknown key. Known keys: mode, config.',
  }));
  return config === undefined || isObject(config)
    ? problems
    : [
        ...problems,
        { key: 'orchestrator.config', problem: `expected an object (it is ${showValue(config)})` },
      ];
}

function findRepeated(parts: readonly Entries[]): readonly string[] {
  const keys = parts.flatMap((part) => Object.keys(part));
  return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))];
}
