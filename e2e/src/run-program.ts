import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** No program of these tests takes longer than this, in milliseconds. */
const PATIENCE_MS = 480_000;

export interface ProgramEnd {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface ProgramOptions {
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A program that runs. */
export interface RunningProgram {
  readonly pid: number;
  readonly ended: Promise<ProgramEnd>;
  /** Ends it at once, by its process id and without a chance to tidy up. */
  readonly kill: () => void;
  /** Sends it a signal. */
  readonly send: (signal: NodeJS.Signals) => void;
  /** Resolves as soon as standard error has shown the text; rejects when it ends without. */
  readonly untilNote: (text: string) => Promise<void>;
  /** Resolves with the first line on standard output; rejects when it ends without one. */
  readonly firstLine: Promise<string>;
}

/** Starts a program. Of the caller's environment it gets the paths only, so that no key leaks in. */
export function startProgram(
  [program = '', ...args]: readonly string[],
  { folder, env = {} }: ProgramOptions,
): RunningProgram {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => isHarmless(name)));
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => {
    child.kill('SIGKILL');
  };
  const ended = untilEnd(child, setTimeout(kill, PATIENCE_MS));
  const firstLine = untilLine(child, ended);
  // Not everybody waits for a line; who does sees the failure.
  firstLine.catch(() => undefined);
  const send = (signal: NodeJS.Signals) => {
    child.kill(signal);
  };
  return {
    pid: child.pid ?? 0,
    ended,
    kill,
    send,
    untilNote: (text) => untilNote(child, ended, text),
    firstLine,
  };
}

/** Runs a program to its end. */
export function runProgram(command: readonly string[], options: ProgramOptions): Promise<ProgramEnd> {
  return startProgram(command, options).ended;
}

/**
 * As {@link runProgram}, for programs that have to succeed.
 *
 * @returns what it printed on standard output.
 */
export async function requireProgram(command: readonly string[], options: ProgramOptions): Promise<string> {
  const { code, out, err } = await runProgram(command, options);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${String(code)}:\n${err}\n${out}`);
  return out;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

function untilEnd(child: Child, patience: NodeJS.Timeout): Promise<ProgramEnd> {
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(patience);
      resolve({ code, out: out.join(''), err: err.join('') });
    });
  });
}

function untilLine({ stdout }: Child, ended: Promise<ProgramEnd>): Promise<string> {
  let seen = '';
  const line = new Promise<string>((resolve) => {
    stdout.on('data', (text: string) => {
      seen += text;
      if (seen.includes('\n')) resolve(seen.slice(0, seen.indexOf('\n')));
    });
  });
  const silent = ended.then(({ code, err }) => {
    throw new Error(`the program ended with ${String(code)} before it said anything:\n${err}`);
  });
  return Promise.race([line, silent]);
}

function untilNote({ stderr }: Child, ended: Promise<ProgramEnd>, text: string): Promise<void> {
  let seen = '';
  const noted = new Promise<void>((resolve) => {
    stderr.on('data', (more: string) => {
      seen += more;
      if (seen.includes(text)) resolve();
    });
  });
  const silent = ended.then(({ code, err }) => {
    if (!err.includes(text)) throw new Error(`the program ended with ${String(code)} and told only:\n${err}`);
  });
  return Promise.race([noted, silent]);
}

function isHarmless(name: string): boolean {
  return (
    ['PATH', 'HOME', 'TMPDIR', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'].includes(name) ||
    /^https?_proxy$/iu.test(name) ||
    name.startsWith('npm_config_registry')
  );
}
