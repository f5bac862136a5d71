import { defaultConfig } from '../config/config-schema.ts';
import { noCrashPoint } from '../context/crash-point.ts';
import type { RunContext } from '../context/run-context.ts';
import { byteTokenCounter } from '../cost/token-counter.ts';
import { MemoryJournal } from '../journal/memory-journal.ts';
import { CountingIds } from './counting-ids.ts';
import { CrashingCrashPoint } from './crashing-crash-point.ts';
import { FakeGitRepository } from './fake-git-repository.ts';
import { FixedClock } from './fixed-clock.ts';
import { MarkerSecretScanner } from './marker-secret-scanner.ts';
import { MemoryWorkspace } from './memory-workspace.ts';
import { plainReplyParser } from './plain-reply-parser.ts';
import { RecordingLogger } from './recording-logger.ts';
import { ScriptedLlmClient } from './scripted-llm-client.ts';
import { withCrash } from './with-crash.ts';

/**
 * A world in memory for a run: nothing in it waits, nothing touches the machine. Say what the test is about, the
 * rest is there. A model call is unexpected unless `llm` is given.
 *
 * With a {@link CrashingCrashPoint} the journal is out of reach after the crash, see `withCrash`.
 */
export function testRunContext(overrides: Partial<RunContext> = {}): RunContext {
  const { crashPoint = noCrashPoint, journal = new MemoryJournal() } = overrides;
  return {
    clock: new FixedClock({ sleeps: 'skipped' }),
    ids: new CountingIds(),
    workspace: new MemoryWorkspace({ crashPoint }),
    git: new FakeGitRepository({ crashPoint }),
    checks: [],
    secrets: new MarkerSecretScanner(),
    llm: new ScriptedLlmClient([]),
    probeLlm: async () => undefined,
    tokens: byteTokenCounter,
    replyParser: plainReplyParser,
    logger: new RecordingLogger(),
    config: defaultConfig,
    signal: new AbortController().signal,
    ...overrides,
    crashPoint,
    journal: crashPoint instanceof CrashingCrashPoint ? withCrash(journal, crashPoint) : journal,
  };
}
