/**
 * Who may import whom: the direction of docs/architecture.md as data. The rule `jarvis/import-direction`
 * reads it for its messages, `eslint.config.js` derives the constraints of nx from it.
 */
export type Layer = 'kernel' | 'domain' | 'composition' | 'adapter' | 'edge' | 'workshop';

/** A package that is loaded when it is needed and nowhere else. */
export interface LazyImport {
  readonly name: string;
  /** The files, as a glob inside the package, that may say `await import(name)`. Tests may import it directly. */
  readonly from: readonly string[];
  readonly instead: string;
}

/** Folders that stand side by side. */
export interface FolderGroup {
  readonly names: readonly string[];
  /** Whether they may import one another. */
  readonly knowEachOther: boolean;
}

export interface ImportPolicy {
  readonly layer: Layer;
  /** The packages of this workspace it may import. */
  readonly packages: readonly string[];
  /** The libraries it may import: a list, or every one its package.json declares. */
  readonly libraries: 'declared' | readonly string[];
  /** The modules of Node it may import: a list, or all. Its tests may import all. */
  readonly builtins: 'all' | readonly string[];
  /** The folders inside the package that may touch the world although the rest may not. */
  readonly worldFolders?: readonly string[];
  readonly lazy?: LazyImport;
  /** The folders of its sources from the bottom up: each may import the groups below its own. */
  readonly folders?: readonly FolderGroup[];
  /** What to do instead of importing another package of the workspace. */
  readonly packageAdvice: string;
  /** What to do instead of importing a library. */
  readonly libraryAdvice: string;
}

/** Modules of Node that compute and touch nothing. */
const PURE_BUILTINS = [
  'node:assert',
  'node:async_hooks',
  'node:buffer',
  'node:crypto',
  'node:events',
  'node:path',
  'node:path/posix',
  'node:string_decoder',
  'node:url',
  'node:util',
] as const;

const DOMAIN: ImportPolicy = {
  layer: 'domain',
  packages: ['@jarvis/core'],
  libraries: ['zod'],
  builtins: PURE_BUILTINS,
  packageAdvice:
    'compose the subjects in @jarvis/loops, move a word that two of them share to core/src/vocabulary, or ask for a port of core',
  libraryAdvice: 'put the client behind a port in core and the adapter in @jarvis/node',
};

const WORKSHOP: ImportPolicy = {
  layer: 'workshop',
  packages: [
    '@jarvis/core',
    '@jarvis/node',
    '@jarvis/bus',
    '@jarvis/roadmap',
    '@jarvis/stages',
    '@jarvis/loops',
    '@jarvis/legacy-compat',
    '@jarvis/cli',
  ],
  libraries: 'declared',
  builtins: 'all',
  packageAdvice: 'move what two workshop projects share into a package, or into tools/',
  libraryAdvice: 'declare it in the package.json of the project or of the root',
};

/** What runs a run; the modes, which decide what it does; what is read of runs; and who starts them. */
const LOOPS_FOLDERS: readonly FolderGroup[] = [
  { names: ['async', 'text'], knowEachOther: false },
  {
    names: ['actions', 'agents', 'dialect', 'engine', 'prompts', 'simulation', 'stage-work'],
    knowEachOther: true,
  },
  { names: ['adaptive', 'context-aware', 'three-loop', 'two-loop'], knowEachOther: false },
  { names: ['cost', 'memory', 'snapshots', 'view'], knowEachOther: true },
  { names: ['orchestrator'], knowEachOther: false },
];

/** The table, by the name of the folder. */
export const importTable: Readonly<Record<string, ImportPolicy>> = {
  'packages/core': {
    layer: 'kernel',
    packages: [],
    libraries: ['zod'],
    builtins: PURE_BUILTINS,
    packageAdvice: 'declare a port in core and let the caller pass the implementation in',
    libraryAdvice: 'put the client behind a port in core and the adapter in @jarvis/node',
  },
  'packages/bus': DOMAIN,
  'packages/roadmap': DOMAIN,
  'packages/stages': DOMAIN,
  'packages/node': {
    layer: 'adapter',
    packages: ['@jarvis/core'],
    libraries: 'declared',
    builtins: 'all',
    packageAdvice: 'an adapter knows the ports of core and nothing above them; move the port to core',
    libraryAdvice: 'declare it: npm install -w @jarvis/node <name>',
  },
  'packages/loops': {
    layer: 'composition',
    packages: ['@jarvis/core', '@jarvis/bus', '@jarvis/roadmap', '@jarvis/stages'],
    libraries: ['zod'],
    builtins: PURE_BUILTINS,
    lazy: {
      name: '@jarvis/node',
      from: ['src/orchestrator/default-context.ts'],
      instead: 'take the port from the run context',
    },
    folders: LOOPS_FOLDERS,
    packageAdvice: 'loops knows core, bus, roadmap and stages; what is above them calls loops',
    libraryAdvice: 'put the client behind a port in core and the adapter in @jarvis/node',
  },
  'packages/legacy-compat': {
    layer: 'edge',
    packages: [
      '@jarvis/core',
      '@jarvis/node',
      '@jarvis/bus',
      '@jarvis/roadmap',
      '@jarvis/stages',
      '@jarvis/loops',
    ],
    libraries: 'declared',
    builtins: PURE_BUILTINS,
    worldFolders: ['src/migrate', 'src/inventory', 'src/snapshot'],
    packageAdvice: 'the cli calls legacy-compat, never the other way round',
    libraryAdvice: 'declare it: npm install -w @jarvis/legacy-compat <name>',
  },
  'packages/cli': {
    layer: 'edge',
    packages: [
      '@jarvis/core',
      '@jarvis/node',
      '@jarvis/bus',
      '@jarvis/roadmap',
      '@jarvis/stages',
      '@jarvis/loops',
    ],
    libraries: 'declared',
    builtins: 'all',
    lazy: {
      name: '@jarvis/legacy-compat',
      from: ['src/commands/migrate*.ts', 'src/wiring/open-orchestrator.ts'],
      instead: 'keep the old world behind the migrate commands, and behind the runs it left',
    },
    packageAdvice: 'use the packages the cli composes',
    libraryAdvice: 'declare it: npm install -w @jarvis/cli <name>',
  },
  tools: WORKSHOP,
  e2e: WORKSHOP,
  examples: WORKSHOP,
};

/** What a pure package does instead of importing a module of Node that touches the world. */
export const builtinAdvice: Readonly<Record<string, string>> = {
  'node:fs': 'read and write through the workspace port',
  'node:fs/promises': 'read and write through the workspace port',
  'node:process': 'let the caller pass the value in; the cli and @jarvis/node read the environment',
  'node:child_process': 'ask a port (git, checks) and start the process in @jarvis/node',
  'node:perf_hooks': 'measure with context.clock.monotonicMs()',
  'node:timers': 'wait with context.clock.sleep(ms, signal)',
  'node:timers/promises': 'wait with context.clock.sleep(ms, signal)',
  'node:http': 'call models through context.llm',
  'node:https': 'call models through context.llm',
};
