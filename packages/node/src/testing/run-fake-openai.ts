import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

import { hasErrorCode } from '@jarvis/core';

import { loadScriptFile, loadScriptModule } from './load-script.ts';
import { parseArguments } from './parse-arguments.ts';
import type { ScriptSource } from './parse-arguments.ts';
import type { CheckedScript } from './script.ts';
import { startWithScript } from './start-fake-openai.ts';

/** What the process gives to the server that runs in it. */
export interface ProcessPorts {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Aborted when the process was asked to end. */
  readonly stop: AbortSignal;
}

/**
 * The whole life of the fake OpenAI server's own process: one line of JSON on stdout once it listens, then
 * answers until it is told to stop. Resolves with the exit code: 0 stopped, 1 failed, 2 wrong usage or script.
 */
export async function runFakeOpenAi(args: readonly string[], ports: ProcessPorts): Promise<number> {
  try {
    const { script, exitWithParent, ...settings } = parseArguments(args);
    const server = await startWithScript(await loadScript(script), settings);
    ports.stdout.write(`${JSON.stringify({ baseUrl: server.baseUrl, pid: process.pid })}\n`);
    await untilStopped(ports, exitWithParent);
    await server.close();
    return 0;
  } catch (error) {
    ports.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return isMistakeOfCaller(error) ? 2 : 1;
  }
}

function loadScript(source: ScriptSource): Promise<CheckedScript> {
  return 'scriptFile' in source ? loadScriptFile(source.scriptFile) : loadScriptModule(source.scriptModule);
}

async function untilStopped({ stdin, stop }: ProcessPorts, exitWithParent: boolean): Promise<void> {
  if (stop.aborted) {
    return;
  }
  const stopped = once(stop, 'abort');
  // Reading is what makes the end of the pipe noticed.
  await (exitWithParent ? Promise.race([stopped, once(stdin.resume(), 'close')]) : stopped);
}

function isMistakeOfCaller(error: unknown): boolean {
  return (
    hasErrorCode(error, 'JARVIS_FAKE_OPENAI_USAGE') ||
    hasErrorCode(error, 'JARVIS_FAKE_OPENAI_SCRIPT_INVALID')
  );
}
