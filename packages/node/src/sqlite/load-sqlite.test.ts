import { describe, expect, it } from 'vitest';

import { loadSqlite } from './load-sqlite.ts';

describe('loadSqlite', () => {
  it('gives the SQLite of this Node.js', () => {
    expect(loadSqlite().DatabaseSync).toBeTypeOf('function');
  });

  it.each(['3.51.3', '3.51.10', '3.52.0', '3.53.4', '4.0.0'])('accepts SQLite %s', (version) => {
    expect(() => loadSqlite(version)).not.toThrow();
  });

  it.each(['3.51.2', '3.50.9', '3.9.9', '2.99.99'])('refuses SQLite %s', (version) => {
    expect(() => loadSqlite(version)).toThrow(
      expect.objectContaining({ code: 'JARVIS_SQLITE_TOO_OLD', sqliteVersion: version }),
    );
  });

  it('says which Node.js to use', () => {
    expect(() => loadSqlite('3.51.2')).toThrow(
      'Use Node.js 22.22.3 or a later 22, 24.15.0 or a later 24, or 25.9.0 and above.',
    );
  });
});
