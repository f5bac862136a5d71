import { describe, expect, it } from 'vitest';

import { silentLogger } from '../logging/logger.ts';
import { crashPlaces, noCrashPoint } from './crash-point.ts';

describe('the crash point of production', () => {
  it.each(crashPlaces)('lets the run pass %s', (place) => {
    expect(() => noCrashPoint.reach(place)).not.toThrow();
  });

  it('has no place twice', () => {
    expect(new Set(crashPlaces).size).toBe(crashPlaces.length);
  });
});

describe('the silent logger', () => {
  it('says nothing, and does not fail', () => {
    expect(() => {
      silentLogger.debug('a');
      silentLogger.info('b');
      silentLogger.warn('c', { x: 1 });
    }).not.toThrow();
  });
});
