import { describe, expect, it } from 'vitest';

import { findScriptReferences } from './script-references.ts';
import { parseScript, type PlacedNode, scriptNodes } from './script-source.ts';

const places = { paths: new Map(), files: new Set<string>() };

function nodesOf(text: string): readonly PlacedNode[] {
  const { top } = parseScript(text, 'a.js');
  return top === undefined ? [] : [...scriptNodes(top)];
}

const textsOf = (nodes: readonly PlacedNode[], type: string, text: string) =>
  nodes.filter(({ node }) => node.type === type).map(({ node }) => text.slice(node.start, node.end));

describe('scriptNodes', () => {
  it('gives every node in the order they are written, with what it lies in', () => {
    const text = 'function f() { return g("one", h("two")); }\n"three";\n';

    const nodes = nodesOf(text);

    expect(textsOf(nodes, 'StringLiteral', text)).toEqual(['"one"', '"two"', '"three"']);
    const two = nodes.find(({ node }) => node['value'] === 'two');
    expect(two?.above.map(({ type }) => type)).toEqual([
      'Program',
      'FunctionDeclaration',
      'BlockStatement',
      'ReturnStatement',
      'CallExpression',
      'CallExpression',
    ]);
  });

  it('keeps of what lies far above only the statements', () => {
    const text = `if (x) { y${'.a()'.repeat(200)}; }`;

    const deepest = nodesOf(text).find(({ node }) => node.type === 'Identifier' && node['name'] === 'y');

    const types = deepest?.above.map(({ type }) => type) ?? [];
    expect(types.slice(0, 4)).toEqual([
      'IfStatement',
      'BlockStatement',
      'ExpressionStatement',
      'CallExpression',
    ]);
    expect(types.at(-1)).toBe('MemberExpression');
    expect(types.length).toBeLessThan(100);
  });

  it('goes through a chain of calls of any length', () => {
    const text = `x${'.a()'.repeat(20_000)}.b("agent/orchestrator.py");\n`;

    const references = findScriptReferences(parseScript(text, 'chain.js'), 'chain.js', places);

    expect(references).toMatchObject([{ module: 'orchestrator', line: 1 }]);
  });

  it('reads a long chain in which each call names a module', () => {
    const text = `x${'.a("agent/orchestrator.py")'.repeat(5_000)};\n`;

    const references = findScriptReferences(parseScript(text, 'chain.js'), 'chain.js', places);

    expect(references).toHaveLength(5_000);
  });
});

describe('parseScript', () => {
  it('says so of a script that is nested too deep to be read', () => {
    const text = `${'['.repeat(50_000)}${']'.repeat(50_000)};\n`;

    const source = parseScript(text, 'deep.js');

    expect(source.top).toBeUndefined();
    expect(source.problemLines).toEqual([1]);
  });
});
