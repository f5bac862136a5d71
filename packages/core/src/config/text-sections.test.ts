import { describe, expect, it } from 'vitest';

import type { ConfigInput } from './config-schema.ts';
import { mergeConfig } from './merge-config.ts';
import { parseConfig } from './parse-config.ts';

const merge = (level: 'user' | 'project' | 'trusted', config: ConfigInput) =>
  mergeConfig([{ origin: 'file', level, config }]).config;

describe('the sections on texts', () => {
  it('come from the user', () => {
    const config = merge('user', {
      safety: { onSuspiciousTask: 'ask' },
      prompts: { overrides: { 'employee.work': '~/prompts/work.md' } },
    });

    expect(config.safety.onSuspiciousTask).toBe('ask');
    expect(config.prompts.overrides).toEqual({ 'employee.work': '~/prompts/work.md' });
  });

  it('let no project give models other prompts, trusted or not', () => {
    const prompts = { overrides: { 'employee.work': '/p/work.md' } };

    expect(() => merge('project', { prompts })).toThrow('prompts.overrides');
    expect(() => merge('trusted', { prompts })).toThrow('prompts.overrides');
  });

  it('let a project decide about suspicious tasks when it is trusted', () => {
    expect(() => merge('project', { safety: { onSuspiciousTask: 'ignore' } })).toThrow('trust');
    expect(merge('trusted', { safety: { onSuspiciousTask: 'ask' } }).safety.onSuspiciousTask).toBe('ask');
  });

  it.each(['work.md', '../work.md', 'C:work.md'])('refuse %s, which is a file of whatever folder', (file) => {
    expect(() => parseConfig({ prompts: { overrides: { 'employee.work': file } } }, 'file')).toThrow(
      'expected an absolute path',
    );
  });
});
