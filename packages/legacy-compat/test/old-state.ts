import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { MemoryJournal } from '@jarvis/core';
import { FixedClock } from '@jarvis/core/testing';
import { importState, type ImportOptions, type ImportReport } from '@jarvis/legacy-compat/migrate';
import { readRun, type RunView } from '@jarvis/loops';

/** What the predecessor left in a folder of its own, and a journal to import it into. */
export class OldState {
  readonly root: string = mkdtempSync(join(tmpdir(), 'old-state-'));
  readonly journal: MemoryJournal = new MemoryJournal();
  readonly clock: FixedClock = new FixedClock({ nowMs: Date.parse('2026-01-10T12:00:00Z') });

  put(path: string, content: unknown): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    const isRaw = typeof content === 'string' || Buffer.isBuffer(content);
    writeFileSync(join(this.root, path), isRaw ? content : JSON.stringify(content));
  }

  /** A log with one JSON value to a line. */
  log(path: string, ...values: readonly unknown[]): void {
    this.put(path, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
  }

  import(options: Partial<ImportOptions> = {}): Promise<ImportReport> {
    return importState({ folder: this.root, journal: this.journal, clock: this.clock, ...options });
  }

  /** What `jarvis show` tells of a run, by the id it had. */
  async show(oldId: string): Promise<RunView> {
    const { runs } = await this.import();
    return readRun(this.journal, runs.find((run) => run.oldId === oldId)?.runId ?? '');
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
