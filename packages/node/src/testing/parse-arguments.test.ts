import { describe, expect, it } from 'vitest';

import { parseArguments, toCommandLine } from './parse-arguments.ts';

describe('parseArguments', () => {
  it('needs a script and has a default for the rest', () => {
    const parsed = parseArguments(['--script', 'replies.json']);

    expect(parsed).toEqual({
      script: { scriptFile: 'replies.json' },
      port: 0,
      requireKey: false,
      exitWithParent: false,
    });
  });

  it.each([
    {
      script: { scriptModule: './a.mjs' },
      port: 8080,
      requestLog: 'a b.jsonl',
      requireKey: true,
      models: ['gpt-a', '--gpt-b'],
      exitWithParent: true,
    },
    { script: { scriptFile: '-odd.json' }, port: 0, requireKey: false, exitWithParent: false },
  ])('reads back what toCommandLine wrote', (given) => {
    const parsed = parseArguments(toCommandLine(given));

    expect(parsed).toEqual(given);
  });

  it.each([
    [[], 'Give either --script or --script-module.'],
    [['--script', 'a.json', '--script-module', 'b.mjs'], 'Give either --script or --script-module.'],
    [['--script', 'a.json', '--port', '65536'], '--port is "65536"'],
    [['--script', 'a.json', '--port', '1e3'], '--port is "1e3"'],
    [['--scirpt', 'a.json'], "Unknown option '--scirpt'"],
    [['--script', 'a.json', 'more'], "Unexpected argument 'more'"],
  ])('refuses %j and shows the usage', (args, problem) => {
    const parse = () => parseArguments(args);

    expect(parse).toThrow(problem);
    expect(parse).toThrow('Usage: fake-openai-main');
  });
});
