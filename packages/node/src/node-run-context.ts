import {
  type Check,
  type Clock,
  type Config,
  type ConfigInput,
  type ConfigProblem,
  type CrashPoint,
  type Logger,
  noCrashPoint,
  type RunContext,
  silentLogger,
  type Workspace,
} from '@jarvis/core';

import { commandCheck, describeCommands, standardChecks } from './checks/index.ts';
import { loadConfig } from './config/load-config.ts';
import { projectDirectory } from './config/project-directory.ts';
import { findTrustPlace, judgeTrust } from './config/project-trust.ts';
import { type Environment, readEnvironment } from './config/read-environment.ts';
import { randomIds } from './context/random-ids.ts';
import { readProcessIdentity } from './context/process-identity.ts';
import { systemClock } from './context/system-clock.ts';
import { type NodeGitRepository, openGitRepository } from './git/index.ts';
import { tolerantReplyParser } from './json/reply-parser.ts';
import { createLlmParts } from './openai/llm-parts.ts';
import { createPageReader } from './pages/page-reader.ts';
import type { LogLevel, PinoLoggerOptions } from './pino/index.ts';
import { promptOverridesReader } from './prompts/prompt-overrides.ts';
import type { RecordingOptions } from './recording/recording-client.ts';
import { createSecretlintScanner } from './secrets/secretlint-scanner.ts';
import { openSqliteJournal } from './sqlite/index.ts';
import { createTokenCounter } from './tokens/token-counter.ts';
import { openNodeWorkspace } from './workspace/index.ts';

/** Which folder a context is for, and what differs from this machine's usual. */
export interface NodeRunContextOptions {
  /** The project folder. */
  readonly workspace: string;
  /** Configuration that wins over environment and files. */
  readonly flags?: ConfigInput;
  /** A configuration file that is read in place of the user's own. */
  readonly configFile?: string;
  /** Where runs are kept. Default: `$JARVIS_HOME`, else the user's state directory of the operating system. */
  readonly stateDirectory?: string;
  /** Default: the environment of this process. */
  readonly environment?: Environment;
  /** The least grave notes that are logged to standard error. Default: `warn`. */
  readonly logLevel?: LogLevel;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** Where a test wants the process to end. Default: nowhere. */
  readonly crashPoint?: CrashPoint;
  /** Asks every run of this context to stop. */
  readonly signal?: AbortSignal;
  /** Keep every model call in a file, or answer them out of one and ask no server. Default: neither. */
  readonly recording?: RecordingOptions;
}

/** A run context on this machine, and what is known about how it came about. */
export interface NodeRunContext extends RunContext {
  /** Where each value of `config` was written, by dotted key; `default` where nobody wrote it. */
  readonly origins: Readonly<Record<string, string>>;
  readonly stateDirectory: string;
  /** What of the state directory belongs to this project. It is made with the first run. */
  readonly journalDirectory: string;
  /** Sentences to be shown before a run is started: what is ignored, and what git will do differently. */
  readonly listNotes: () => Promise<readonly string[]>;
}

/**
 * Everything a run needs, made of real parts: the model server, SQLite, the folder, git, checks and configuration
 * files. Nothing is written and nothing is asked until a run is started.
 *
 * @throws {@link InvalidConfigError} with everything that is wrong in files, environment and flags.
 * @throws {@link WorkspaceUnusableError} when the folder does not exist.
 */
export async function nodeRunContext(options: NodeRunContextOptions): Promise<NodeRunContext> {
  const { clock = systemClock, crashPoint = noCrashPoint, environment = readEnvironment() } = options;
  const place = await findTrustPlace({ ...options, environment });
  const { stateDirectory } = place;
  const { config, origins, ignored } = await loadConfig({
    workspace: options.workspace,
    environment,
    flags: options.flags ?? {},
    explicitFile: options.configFile,
    judge: (file) => judgeTrust(place, file),
  });
  const { executablePath: PATH, homeDirectory: HOME } = environment;
  const workspace = await openNodeWorkspace({
    root: options.workspace,
    crashPoint,
    stateDirectory,
    home: HOME,
  });
  const { runHooks: runsHooks } = config.git;
  const git = openGitRepository({ root: workspace.root, crashPoint, environment: { PATH, HOME }, runsHooks });
  const { apiKey } = environment;
  const secrets = apiKey === undefined ? [] : [apiKey];
  const directory = projectDirectory(stateDirectory, workspace.root);
  return {
    clock,
    ids: randomIds(clock),
    journal: openSqliteJournal({
      directory,
      identity: readProcessIdentity(),
      clock: systemClock,
    }),
    workspace,
    git,
    checks: listChecks(workspace, { config, path: PATH }),
    secrets: createSecretlintScanner({ knownSecrets: secrets, allow: config.secrets.allow }),
    ...createLlmParts({ config, apiKey, clock, directory, recording: options.recording }),
    readPromptOverrides: promptOverridesReader({ home: HOME, workspace: workspace.root }),
    tokens: createTokenCounter(),
    replyParser: tolerantReplyParser(),
    pages: createPageReader(),
    logger: await createLogger({ level: options.logLevel ?? 'warn', secrets }),
    crashPoint,
    config,
    signal: options.signal ?? new AbortController().signal,
    origins,
    stateDirectory,
    journalDirectory: directory,
    listNotes: async () => [...ignored.map(renderIgnored), ...(await describeRun(git, config))],
  };
}

/** Nothing is loaded to write nothing. */
async function createLogger(options: PinoLoggerOptions): Promise<Logger> {
  if (options.level === 'silent') return silentLogger;
  const { createPinoLogger } = await import('./pino/index.ts');
  return createPinoLogger(options);
}

interface CheckNeeds {
  readonly config: Config;
  readonly path: string;
}

function listChecks(workspace: Workspace, { config, path }: CheckNeeds): readonly Check[] {
  const { commands } = config.checks;
  return [...standardChecks(workspace), commandCheck({ commands, root: workspace.root, path })];
}

async function describeRun(git: NodeGitRepository, config: Config): Promise<readonly string[]> {
  const commands = describeCommands(config.checks.commands);
  return [...(commands === undefined ? [] : [commands]), ...(await describeGit(git, config))];
}

async function describeGit(git: NodeGitRepository, { git: { commit } }: Config): Promise<readonly string[]> {
  if (commit === 'off' || (await git.inspect()).type !== 'ready') return [];
  return git.describeConversions();
}

function renderIgnored({ origin, key, problem }: ConfigProblem): string {
  return [origin, key, problem].filter((part) => part !== '').join(': ');
}
