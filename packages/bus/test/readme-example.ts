import assert from 'node:assert/strict';
import { agentCatalog, createBus, createRecordTransport, type TransportRecord } from '@jarvis/bus';

const timer = { monotonicMs: () => 0, sleep: () => new Promise<void>(() => undefined) }; // or a Clock of @jarvis/core
const records: TransportRecord[] = [];
const transport = createRecordTransport({ write: (record) => records.push(record) });
const bus = createBus({ catalog: agentCatalog, now: () => Date.parse('2026-03-01'), timer, transport });
const [manager, employee] = [bus.port('manager'), bus.port('employee')];
manager.handle((asked) => manager.reply(asked, { kind: 'clarification.given', payload: { answer: 'Euro' } }));

const question = { kind: 'clarification.requested', to: 'manager', threadId: 'run-1' } as const;
const reply = await employee.request({ ...question, id: 'q1', payload: { question: 'Which currency?' } });
assert.equal(reply.payload.answer, 'Euro');
assert.deepEqual(bus.pendingRequests(), []);
assert.equal(records.length, 2); // createRecordTransport({ records, … }) makes the same bus again
