import { describe, expect, it } from 'vitest';

import { changeOf } from '../test/changes.ts';
import { plan } from '../test/planned-stages.ts';
import { createRoadmap } from './create-roadmap.ts';
import { RoadmapManager } from './roadmap-manager.ts';

describe('RoadmapManager', () => {
  it('moves to the next version with each change and keeps the history', () => {
    const manager = new RoadmapManager(createRoadmap([plan('shop')]));

    manager.apply(changeOf({ type: 'start', stageId: 'shop' }, 'c1'));
    manager.apply(changeOf({ type: 'complete', stageId: 'shop' }, 'c2'));

    expect(manager.current.version).toBe(3);
    expect(manager.current.stages[0]?.status).toBe('completed');
    expect(manager.history.map(({ version, change }) => [version, change.id])).toEqual([
      [2, 'c1'],
      [3, 'c2'],
    ]);
  });

  it('applies a change once, however often it is sent (B51)', () => {
    const manager = new RoadmapManager(createRoadmap([plan('shop')]));
    const change = { ...changeOf({ type: 'start', stageId: 'shop' }), expectedVersion: 1 };

    manager.apply(change);
    const repeat = manager.apply(change);

    expect(repeat.isRepeat).toBe(true);
    expect(manager.current.version).toBe(2);
    expect(manager.history).toHaveLength(1);
  });

  it('lets exactly one of two authors win who looked at the same version', () => {
    const manager = new RoadmapManager(createRoadmap([plan('shop'), plan('bakery')]));
    const first = { ...changeOf({ type: 'start', stageId: 'shop' }, 'c1'), expectedVersion: 1 };
    const second = { ...changeOf({ type: 'start', stageId: 'bakery' }, 'c2'), expectedVersion: 1 };

    manager.apply(first);

    expect(() => manager.apply(second)).toThrow(
      'made for version 1 of the roadmap, but the roadmap is at version 2',
    );
    expect(manager.current.stages.map(({ status }) => status)).toEqual(['active', 'pending']);
    expect(manager.history).toHaveLength(1);
  });

  it('gives a list of history that does not grow behind the back of whoever holds it', () => {
    const manager = new RoadmapManager(createRoadmap([plan('shop')]));
    const before = manager.history;

    manager.apply(changeOf({ type: 'start', stageId: 'shop' }));

    expect(before).toEqual([]);
    expect(manager.history).toHaveLength(1);
    expect(manager.history).toBe(manager.history);
  });

  it('stands where a replayed history ends and still knows its changes', () => {
    const initial = createRoadmap([plan('shop')]);
    const original = new RoadmapManager(initial);
    const start = changeOf({ type: 'start', stageId: 'shop' }, 'c1');
    original.apply(start);

    const replayed = RoadmapManager.replay(initial, original.history);

    expect(replayed.current).toEqual(original.current);
    expect(replayed.history).toEqual(original.history);
    expect(replayed.apply(start).isRepeat).toBe(true);
  });

  it('lets no new change in once it is closed, and still knows the old ones (B52)', () => {
    const manager = new RoadmapManager(createRoadmap([plan('shop')]));
    const start = changeOf({ type: 'start', stageId: 'shop' }, 'c1');
    manager.apply(start);

    manager.close('the run is done');
    manager.close('again');

    expect(() => manager.apply(changeOf({ type: 'complete', stageId: 'shop' }, 'c2'))).toThrow(
      'Change "c2" comes too late: the roadmap is closed (the run is done).',
    );
    expect(manager.apply(start).isRepeat).toBe(true);
    expect(manager.current.version).toBe(2);
  });

  it('gives every earlier version back, however many there were', () => {
    const manager = new RoadmapManager({ ...createRoadmap([plan('shop'), plan('bakery')]), version: 5 });
    const seen = new Map([[5, manager.current]]);
    for (let version = 6; version < 206; version += 1) {
      const type = version % 2 === 0 ? 'skip' : 'reopen';
      manager.apply(
        changeOf({ type, stageId: 'shop', reason: `change ${String(version)}` }, String(version)),
      );
      seen.set(version, manager.current);
    }

    const given = [...seen.keys()].map((version) => manager.at(version));

    expect(given).toEqual([...seen.values()]);
  });

  it('names the only version where there is no other', () => {
    const manager = new RoadmapManager(createRoadmap([plan('shop')]));

    expect(() => manager.at(2)).toThrow('There is no version 2 of the roadmap. Use the only one, 1.');
  });

  it.each([0, 4, 7, 5.5, Number.NaN])('refuses version %d, which there is not', (version) => {
    const manager = new RoadmapManager({ ...createRoadmap([plan('shop')]), version: 5 });
    manager.apply(changeOf({ type: 'start', stageId: 'shop' }));

    expect(() => manager.at(version)).toThrow('Use one from 5 to 6.');
  });

  it('refuses a history from which an entry is missing', () => {
    const initial = createRoadmap([plan('shop')]);
    const entry = { version: 3, change: changeOf({ type: 'start', stageId: 'shop' }, 'c1') };

    expect(() => RoadmapManager.replay(initial, [entry])).toThrow(
      expect.objectContaining({ code: 'JARVIS_ROADMAP_HISTORY_GAP', entryVersion: 3, nextVersion: 2 }),
    );
  });
});
