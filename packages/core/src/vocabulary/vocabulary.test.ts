import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { agentRoleSchema } from './agent-role.ts';
import { findingSchema } from './finding.ts';
import { isValidId } from './ids.ts';
import { runStatusSchema } from './run-outcome.ts';
import { stageBriefSchema } from './stage-brief.ts';

describe('isValidId', () => {
  it.each(['a', '7', 'run-1', '20261122-164501-k3v9ze', 'a'.repeat(64)])('accepts %s', (id) => {
    expect(isValidId(id)).toBe(true);
  });

  it.each(['', '-a', 'a-', 'A', 'a_b', 'a b', '../x', 'a/b', 'a\n', 'é', 'a'.repeat(65)])(
    'refuses %j',
    (id) => {
      expect(isValidId(id)).toBe(false);
    },
  );

  it('accepts nothing that means something to a file system or a URL', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isValidId(text) && encodeURIComponent(text) !== text).toBe(false);
      }),
    );
  });
});

describe('the words of a run', () => {
  it('knows three roles', () => {
    expect(agentRoleSchema.options).toEqual(['manager', 'supervisor', 'employee']);
  });

  it('knows how a run may stand', () => {
    expect(runStatusSchema.options).toEqual([
      'done',
      'partial',
      'waiting',
      'parked',
      'stopped',
      'blocked',
      'failed',
      'cancelled',
    ]);
  });

  it('asks of a finding what is wrong and who says so', () => {
    const finding = { severity: 'error', source: 'html', description: 'There is no title.' };

    expect(findingSchema.parse(finding)).toEqual(finding);
    expect(findingSchema.safeParse({ ...finding, source: '' }).success).toBe(false);
    expect(findingSchema.safeParse({ ...finding, line: 0 }).success).toBe(false);
    expect(findingSchema.safeParse({ ...finding, severity: 'fatal' }).success).toBe(false);
  });

  it('asks of a brief a name and a goal', () => {
    const brief = { name: 'Menu', goal: 'A page with the menu', planSteps: ['p1'], requirements: [] };

    expect(stageBriefSchema.parse(brief)).toEqual(brief);
    expect(stageBriefSchema.safeParse({ ...brief, goal: '' }).success).toBe(false);
  });
});
