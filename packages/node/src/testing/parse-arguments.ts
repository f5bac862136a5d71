import { parseArgs } from 'node:util';

import { FakeOpenAiUsageError } from './errors.ts';

/** What the command line of the fake OpenAI server's own process says. */
export interface FakeOpenAiArguments {
  readonly script: ScriptSource;
  readonly port: number;
  readonly requestLog?: string;
  readonly requireKey: boolean;
  readonly models?: readonly string[];
  /** Whether the end of stdin ends the server, because the process that started it is gone. */
  readonly exitWithParent: boolean;
}

/** Where a script comes from: a JSON file, or a module with the export `script`. */
export type ScriptSource = { readonly scriptFile: string } | { readonly scriptModule: string };

const USAGE =
  'Usage: fake-openai-main (--script replies.json | --script-module ./script.mjs) [--port 0] ' +
  '[--request-log log.jsonl] [--require-key] [--model name]… [--exit-with-parent]';

/**
 * Reads the command line.
 *
 * @throws {@link FakeOpenAiUsageError} when it is not understood.
 */
export function parseArguments(args: readonly string[]): FakeOpenAiArguments {
  const values = parseFlags(args);
  const requestLog = values['request-log'];
  return {
    script: toScriptSource(values.script, values['script-module']),
    port: toPort(values.port),
    ...(requestLog !== undefined && { requestLog }),
    requireKey: values['require-key'],
    ...(values.model !== undefined && { models: values.model }),
    exitWithParent: values['exit-with-parent'],
  };
}

/** The command line that {@link parseArguments} reads as the given arguments. */
export function toCommandLine(given: FakeOpenAiArguments): readonly string[] {
  const { script, port, requestLog, requireKey, models = [], exitWithParent } = given;
  return [
    'scriptFile' in script ? `--script=${script.scriptFile}` : `--script-module=${script.scriptModule}`,
    `--port=${String(port)}`,
    ...(requestLog === undefined ? [] : [`--request-log=${requestLog}`]),
    ...(requireKey ? ['--require-key'] : []),
    ...models.map((model) => `--model=${model}`),
    ...(exitWithParent ? ['--exit-with-parent'] : []),
  ];
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        script: { type: 'string' },
        'script-module': { type: 'string' },
        port: { type: 'string', default: '0' },
        'request-log': { type: 'string' },
        'require-key': { type: 'boolean', default: false },
        model: { type: 'string', multiple: true },
        'exit-with-parent': { type: 'boolean', default: false },
      },
    }).values;
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new FakeOpenAiUsageError({ problem, usage: USAGE, cause });
  }
}

function toScriptSource(file: string | undefined, module: string | undefined): ScriptSource {
  if (file !== undefined && module === undefined) {
    return { scriptFile: file };
  }
  if (module !== undefined && file === undefined) {
    return { scriptModule: module };
  }
  throw new FakeOpenAiUsageError({ problem: 'Give either --script or --script-module.', usage: USAGE });
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    const problem = `--port is "${text}"; expected a whole number from 0 to 65535.`;
    throw new FakeOpenAiUsageError({ problem, usage: USAGE });
  }
  return port;
}
