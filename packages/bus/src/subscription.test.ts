import { describe, expect, it } from 'vitest';

import { agentBus, notice } from '../test/agent-bus.ts';
import type { ObserverFailedError } from './errors.ts';

const fault = new Error('out of flour');
const fail = (): never => {
  throw fault;
};

describe('subscribe', () => {
  it('tells a listener of messages to its role, until the subscription ends', () => {
    const heard: string[] = [];
    const bus = agentBus();
    const unsubscribe = bus.subscribe('employee', ({ id }) => heard.push(id));
    bus.subscribe('manager', ({ id }) => heard.push(`manager heard ${id}`));

    bus.send(notice({ id: 'a' }));
    unsubscribe();
    bus.send(notice({ id: 'b' }));

    expect(heard).toEqual(['a']);
  });

  it('does not tell of what was said before', () => {
    const heard: string[] = [];
    const bus = agentBus();
    bus.send(notice({ id: 'a' }));

    bus.subscribe('employee', ({ id }) => heard.push(id));

    expect(heard).toEqual([]);
  });

  it('ends one subscription of a listener that has two', () => {
    const heard: string[] = [];
    const bus = agentBus();
    const listener = ({ id }: { readonly id: string }): number => heard.push(id);
    bus.subscribe('employee', listener);
    const unsubscribe = bus.subscribe('employee', listener);

    unsubscribe();
    unsubscribe();
    bus.send(notice({ id: 'a' }));

    expect(heard).toEqual(['a']);
  });

  it('does not tell a listener whose subscription was ended by one before it', () => {
    const heard: string[] = [];
    const bus = agentBus();
    bus.subscribe('employee', () => {
      unsubscribe();
    });
    const unsubscribe = bus.subscribe('employee', ({ id }) => heard.push(id));

    bus.send(notice());

    expect(heard).toEqual([]);
  });

  it('refuses a role that nobody has', () => {
    const bus = agentBus();

    // @ts-expect-error -- the compiler refuses it as well
    expect(() => bus.subscribe('employe', () => undefined)).toThrow('Did you mean "employee"?');
  });

  it('tells everybody of a message before the one that a listener sends because of it', () => {
    const heard: string[] = [];
    const bus = agentBus();
    bus.subscribe('employee', ({ id }) => {
      heard.push(`first hears ${id}`);
      if (id === 'a') bus.send(notice({ id: 'b', from: 'employee', to: 'employee' }));
    });
    bus.subscribe('employee', ({ id }) => heard.push(`second hears ${id}`));

    bus.send(notice({ id: 'a' }));

    expect(heard).toEqual(['first hears a', 'second hears a', 'first hears b', 'second hears b']);
  });

  it('lets no listener that throws break the sender or another listener', () => {
    const heard: string[] = [];
    const errors: ObserverFailedError[] = [];
    const bus = agentBus({ onObserverError: (error) => errors.push(error) });
    bus.subscribe('employee', fail);
    bus.subscribe('employee', ({ id }) => heard.push(id));

    const message = bus.send(notice());

    expect([message.id, ...heard]).toEqual(['n1', 'n1']);
    expect(errors).toEqual([
      expect.objectContaining({
        code: 'JARVIS_BUS_OBSERVER_FAILED',
        messageId: 'n1',
        role: 'employee',
        cause: fault,
      }),
    ]);
    expect(bus.stats().observerFailures).toBe(1);
  });

  it('reports a listener whose promise is rejected', async () => {
    const { promise, resolve } = Promise.withResolvers<ObserverFailedError>();
    const bus = agentBus({ onObserverError: resolve });
    bus.subscribe('employee', () => Promise.reject(fault));

    bus.send(notice());

    await expect(promise).resolves.toMatchObject({ messageId: 'n1', cause: fault });
    expect(bus.stats().observerFailures).toBe(1);
  });

  it('counts failures that nobody wants to hear of', () => {
    const bus = agentBus();
    bus.subscribe('employee', fail);

    bus.send(notice());

    expect(bus.stats().observerFailures).toBe(1);
  });

  it('goes on, and counts, when whoever is told of failures fails too', () => {
    const heard: string[] = [];
    const bus = agentBus({ onObserverError: fail });
    bus.subscribe('employee', fail);
    bus.subscribe('employee', ({ id }) => heard.push(id));

    bus.send(notice({ id: 'a' }));
    bus.send(notice({ id: 'b' }));

    expect(heard).toEqual(['a', 'b']);
    expect(bus.stats().observerFailures).toBe(4);
  });
});
