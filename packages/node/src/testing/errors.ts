import { JarvisError } from '@jarvis/core';

/** One thing that is wrong with a script: where, and what would be right. */
export interface ScriptProblem {
  /** The place in the script, such as `[2].usage` or `byRole.manager[0].type`. Empty for the script itself. */
  readonly path: string;
  readonly message: string;
}

/** Thrown when a script for the fake OpenAI server cannot be played. It names every problem at once. */
export class InvalidScriptError extends JarvisError<'JARVIS_FAKE_OPENAI_SCRIPT_INVALID'> {
  readonly code = 'JARVIS_FAKE_OPENAI_SCRIPT_INVALID';
  readonly source: string;
  readonly problems: readonly ScriptProblem[];

  constructor({
    source,
    problems,
    cause,
  }: {
    source: string;
    problems: readonly ScriptProblem[];
    cause?: unknown;
  }) {
    const lines = problems.map(({ path, message }) => `- ${path === '' ? message : `${path}: ${message}`}`);
    super(
      `${source} cannot be played, ${problems.length === 1 ? 'one problem' : `${String(problems.length)} problems`} found:\n` +
        `${lines.join('\n')}\nCorrect the script and start the fake OpenAI server again.`,
      { cause },
    );
    this.source = source;
    this.problems = problems;
  }
}

/** Thrown when the fake OpenAI server cannot listen on the port it was given. */
export class PortUnavailableError extends JarvisError<'JARVIS_FAKE_OPENAI_PORT_UNAVAILABLE'> {
  readonly code = 'JARVIS_FAKE_OPENAI_PORT_UNAVAILABLE';
  readonly port: number;

  constructor({ port, cause }: { port: number; cause: unknown }) {
    super(
      `The fake OpenAI server cannot listen on 127.0.0.1:${String(port)}. ` +
        `Choose another port, or 0 for any free one.`,
      { cause },
    );
    this.port = port;
  }
}

/** Thrown when the fake OpenAI server was started as its own process and did not get as far as listening. */
export class FakeOpenAiNotStartedError extends JarvisError<'JARVIS_FAKE_OPENAI_NOT_STARTED'> {
  readonly code = 'JARVIS_FAKE_OPENAI_NOT_STARTED';
  /** The last 4 KB the process wrote to stderr. */
  readonly stderr: string;

  constructor({ reason, stderr, cause }: { reason: string; stderr: string; cause?: unknown }) {
    const said = stderr.trim();
    super(
      `The fake OpenAI server did not start: ${reason}. ` +
        (said === '' ? 'It wrote nothing to stderr.' : `It wrote:\n${said}`),
      { cause },
    );
    this.stderr = stderr;
  }
}

/** Thrown when the command line of the fake OpenAI server's own process is not understood. */
export class FakeOpenAiUsageError extends JarvisError<'JARVIS_FAKE_OPENAI_USAGE'> {
  readonly code = 'JARVIS_FAKE_OPENAI_USAGE';

  constructor({ problem, usage, cause }: { problem: string; usage: string; cause?: unknown }) {
    super(`${problem}\n${usage}`, { cause });
  }
}

/** Thrown when a request log of the fake OpenAI server holds a line that is not one of its records. */
export class RequestLogDamagedError extends JarvisError<'JARVIS_FAKE_OPENAI_LOG_DAMAGED'> {
  readonly code = 'JARVIS_FAKE_OPENAI_LOG_DAMAGED';
  readonly path: string;
  /** 1-based. */
  readonly line: number;

  constructor({ path, line, cause }: { path: string; line: number; cause: unknown }) {
    super(
      `Line ${String(line)} of ${path} is not a record of a request log. ` +
        `Give the fake OpenAI server a file of its own as its request log.`,
      { cause },
    );
    this.path = path;
    this.line = line;
  }
}

/** Thrown when the requests that were waited for did not reach the fake OpenAI server in time. */
export class RequestsNotSeenError extends JarvisError<'JARVIS_FAKE_OPENAI_REQUESTS_NOT_SEEN'> {
  readonly code = 'JARVIS_FAKE_OPENAI_REQUESTS_NOT_SEEN';
  readonly timeoutMs: number;
  readonly seen: number;

  constructor({
    timeoutMs,
    outcomes,
  }: {
    timeoutMs: number;
    /** The outcome of each request that was seen, in order. */
    outcomes: readonly string[];
  }) {
    super(
      `The requests waited for did not come within ${String(timeoutMs)} ms. ` +
        `Seen so far: ${String(outcomes.length)} (${outcomes.join(', ') || 'none'}). ` +
        `Check the client's base URL, or wait longer.`,
    );
    this.timeoutMs = timeoutMs;
    this.seen = outcomes.length;
  }
}
