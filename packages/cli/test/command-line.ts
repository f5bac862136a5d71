import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { main } from '@jarvis/cli';
import { expect } from 'vitest';
import { z } from 'zod';

import type { CliIo } from '../src/wiring/cli-io.ts';

/** What a call of the command came to. */
export interface Call {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A project folder and a state directory of their own, and the command as a shell would call it there. */
export class CommandLine {
  readonly root = mkdtempSync(join(tmpdir(), 'jarvis-cli-'));
  readonly folder = join(this.root, 'project');
  /** What a person at the terminal says to each question; without it there is no terminal. */
  confirm: CliIo['confirm'];

  constructor() {
    mkdirSync(this.folder);
  }

  async call(...args: readonly string[]): Promise<Call> {
    const out: string[] = [];
    const err: string[] = [];
    const io: CliIo = {
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      folder: this.folder,
      onStopSignal: () => () => undefined,
      exit: (code) => expect.fail(`exit ${String(code)}`),
      ...(this.confirm === undefined ? {} : { confirm: this.confirm }),
    };
    const code = await main([...args, '--state-dir', join(this.root, 'state')], io);
    return { code, out: out.join(''), err: err.join('') };
  }

  /** A run that is over, without any model. */
  async simulate(): Promise<string> {
    return runIdIn(await this.call('run', 'Build a landing page', '--simulate', '--json'));
  }

  /** Empties the project folder; its runs stay. */
  forgetProject(): void {
    rmSync(this.folder, { recursive: true });
    mkdirSync(this.folder);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The run a JSON result is about. */
export function runIdIn({ out }: Call): string {
  return z.object({ runId: z.string() }).parse(JSON.parse(out)).runId;
}

/** What a team says that is done after one round: plan, work, review. */
export const oneRound = [
  { type: 'json', content: { steps: ['Write it'], acceptanceCriteria: ['It is there'] } },
  { type: 'json', content: { summary: 'Wrote it', files: [{ path: 'notes.txt', content: 'Rye\n' }] } },
  { type: 'json', content: { approved: true, feedback: [] } },
] as const;
