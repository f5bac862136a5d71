import { execFileSync } from 'node:child_process';

import { expect, it } from 'vitest';

/** Says which of the parsers are loaded after a module was. */
function parsersAfter(module: string): readonly string[] {
  const source = `
    import { registerHooks } from 'node:module';
    const seen = [];
    registerHooks({ load: (url, context, next) => { seen.push(url); return next(url, context); } });
    await import(${JSON.stringify(module)});
    console.log(JSON.stringify(seen));`;
  const flags = ['--conditions=@jarvis/source', '--input-type=module', '-e', source];
  const urls = JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8' })) as readonly string[];
  expect(urls.length).toBeGreaterThan(0);
  const parsers = ['@babel/parser', 'postcss', 'ruff-wasm', 'html-validate', 'htmlparser2'];
  return parsers.filter((parser) =>
    urls.some((url) => url.includes(`/node_modules/${parser}`) || url.includes(`/${parser}-`)),
  );
}

it.each(['@jarvis/node', '@jarvis/node/checks'])(
  '%s loads no parser of the checks before a file is there',
  (module) => {
    expect(parsersAfter(module)).toEqual([]);
  },
);

it('would notice a parser', () => {
  expect(parsersAfter('@babel/parser')).toEqual(['@babel/parser']);
});
