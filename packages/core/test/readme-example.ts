import assert from 'node:assert/strict';
import { emptyHead, MemoryJournal, noCrashPoint, openRecords, RunRecorder, Steps } from '@jarvis/core';
import { FixedClock } from '@jarvis/core/testing';
import { z } from 'zod';

const [journal, runId, crashPoint] = [new MemoryJournal(), 'demo', noCrashPoint];
const lease = await journal.acquire(`run:${runId}`);
const start = { runId, journal, lease, clock: new FixedClock(), head: emptyHead(runId) };
const recorder = new RunRecorder({ ...start, onRecord: () => undefined });
const steps = new Steps({ runId, actionId: 'greet', recorder, crashPoint, recorded: new Map() });
const word = await steps.look({ name: 'word', key: {}, result: z.string(), look: async () => 'hello' });
await recorder.append({ type: 'demo.ended', data: { word } });

const records = openRecords(runId, await journal.read(runId)); // proves that none is missing or changed
assert.equal(records.map(({ type }) => type).join(), 'step.finished,demo.ended');
