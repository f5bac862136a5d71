import { spawn } from 'node:child_process';

/** No program of these tests takes longer than this, in milliseconds. */
const PATIENCE_MS = 240_000;

export interface ProgramEnd {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface ProgramOptions {
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end. Of the caller's environment it gets the paths only, so that no key leaks in. */
export function runProgram([program = '', ...args]: readonly string[], { folder, env = {} }: ProgramOptions): Promise<ProgramEnd> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => isHarmless(name)));
  const child = spawn(program, args, { cwd: folder, env: { ...inherited, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, out: out.join(''), err: err.join('') });
    });
  });
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

function isHarmless(name: string): boolean {
  return ['PATH', 'HOME', 'TMPDIR', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'].includes(name) || /^https?_proxy$/iu.test(name) || name.startsWith('npm_config_registry');
}
