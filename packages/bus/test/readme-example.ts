import assert from 'node:assert/strict';
import { agentCatalog, createBus } from '@jarvis/bus';

const options = { catalog: agentCatalog, now: () => Date.parse('2026-03-01T09:00:00Z') };
const bus = createBus(options);
const heard: number[] = [];
bus.subscribe('employee', ({ sequence }) => heard.push(sequence));

const work = { kind: 'work.assigned', from: 'manager', to: 'employee', threadId: 'run-1' } as const;
bus.send({ ...work, id: 'assign-1', payload: { round: 1, feedback: ['Add prices'] } });
bus.send({ ...work, id: 'assign-1', payload: { round: 1, feedback: ['Add prices'] } }); // known: delivers nothing
assert.deepEqual(heard, [1]);

const restored = createBus({ ...options, messages: bus.conversation('run-1') });
assert.equal(restored.inbox('employee', { kind: 'work.assigned' })[0]?.payload.feedback[0], 'Add prices');
