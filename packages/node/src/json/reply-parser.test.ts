import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { tolerantReplyParser } from './reply-parser.ts';

const parser = tolerantReplyParser();

const forbidden = ['__proto__', 'constructor'];
const name = fc.string({ unit: 'grapheme' }).filter((text) => !forbidden.includes(text));
const { value: anyJson } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, tie('scalar'), tie('list'), tie('object')),
  scalar: fc.oneof(
    fc.string({ unit: 'binary' }),
    // Quotation marks, brackets and comments in strings are what a search for JSON stumbles over.
    fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ':', '/', '*', '`', '\n', ',') }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.boolean(),
    fc.constant(null),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));
const anyObject = fc.dictionary(name, anyJson, { maxKeys: 4, noNullPrototype: true });
const anyIndent = fc.constantFrom(undefined, 1, '\t');
const anyProse = fc.string({
  unit: fc.constantFrom('a', 'É', ' ', '\n', "'", '"', '.', '/', ':', '`', '*', '5'),
});

/** The problem of an unreadable answer, in words. */
function problemOf(text: string): string {
  const reply = parser.parse(text);
  return reply.type === 'unreadable' ? reply.problem : `read as ${JSON.stringify(reply.value)}`;
}

describe('tolerantReplyParser: what it reads', () => {
  it('reads any JSON value that stands alone', () => {
    fc.assert(
      fc.property(anyJson, anyIndent, (value, indent) => {
        expect(parser.parse(JSON.stringify(value, undefined, indent))).toEqual({ type: 'value', value });
      }),
    );
  });

  it('F39: reads any JSON value in a Markdown fence', () => {
    fc.assert(
      fc.property(anyJson, anyIndent, fc.constantFrom('', 'json', 'JSON'), (value, indent, language) => {
        const text = `\n\`\`\`${language}\n${JSON.stringify(value, undefined, indent)}\n\`\`\`  \n`;

        expect(parser.parse(text)).toEqual({ type: 'value', value });
      }),
    );
  });

  it('F39: reads one object amid prose', () => {
    fc.assert(
      fc.property(fc.tuple(anyProse, anyProse), anyObject, anyIndent, ([before, after], value, indent) => {
        const text = `Sure! ${before} ${JSON.stringify(value, undefined, indent)} ${after}`;

        expect(parser.parse(text)).toEqual({ type: 'value', value });
      }),
    );
  });

  it.each([
    ['a line comment', '{\n  "a": 1, // the "first" }\n  "b": [true]\n}', { a: 1, b: [true] }],
    ['a block comment', '{ /* { */ "a": /* 2, */ 1 }', { a: 1 }],
    ['a trailing comma in an object', '{"a": 1,}', { a: 1 }],
    ['a trailing comma in a list', '[1, [2,],]', [1, [2]]],
    ['a bare line break in a string', '{"a": "one\n\ttwo"}', { a: 'one\n\ttwo' }],
    ['a byte order mark', '\uFEFF{"a": 1}', { a: 1 }],
    ['a fence that is never closed around a whole object', '```json\n{"a": 1}', { a: 1 }],
    ['prose with braces that hold no JSON', 'Use {name} and {{x}}, [1] and [a](b): {"a": 1}', { a: 1 }],
    ['the same object twice', 'First {"a": [1]} and again {"a":[1]}.', { a: [1] }],
    ['a list of objects amid prose', 'Here: [{"a": 1}, {"a": 2}] as asked.', [{ a: 1 }, { a: 2 }]],
    ['an empty object amid prose', 'Nothing to do: {}', {}],
  ])('F39: reads through %s', (_case, text, value) => {
    expect(parser.parse(text)).toEqual({ type: 'value', value });
  });

  it.each([
    ['{"a": "user\\@example.org"}', 'user\\@example.org'],
    ['{"a": "\\d+\\.\\w"}', '\\d+\\.\\w'],
    ['{"a": "C:\\Users\\x"}', 'C:\\Users\\x'],
    ['{"a": "it\\\'s"}', "it\\'s"],
    ['{"a": "\\u12 \\u0041 \\" \\\\"}', '\\u12 A " \\'],
  ])('F39: drops nothing of an escape that JSON does not know: %s', (text, a) => {
    expect(parser.parse(text)).toEqual({ type: 'value', value: { a } });
  });
});

describe('tolerantReplyParser: what it refuses', () => {
  it('F39: never reads an object whose end is missing', () => {
    fc.assert(
      fc.property(anyObject, anyIndent, fc.nat(), (value, indent, cut) => {
        const whole = JSON.stringify(value, undefined, indent);
        const prefix = whole.slice(0, cut % whole.length);

        expect(parser.parse(prefix).type).toBe('unreadable');
        expect(parser.parse(`\`\`\`json\n${prefix}`).type).toBe('unreadable');
        expect(parser.parse(`\`\`\`json\n${prefix}\n\`\`\``).type).toBe('unreadable');
      }),
    );
  });

  it.each([
    ['after a whole object in a list', '[{"a": 1},'],
    ['after a whole object in a list of strings', '["x", {"a": 1}'],
    ['in a list amid prose', 'Here: [{"a": 1}, {"b"'],
    ['in a comment', '{"a": 1 // }'],
    ['in a string that ends with a backslash', '{"a": "x\\'],
    ['in a second object', '{"a": 1} {"b"'],
  ])('F39: says that an answer is cut off %s', (_case, text) => {
    expect(problemOf(text)).toContain('The answer is cut off');
  });

  it.each([
    ['nothing', ' \n', 'The answer is empty.'],
    ['no JSON at all', 'I cannot do that.', 'The answer holds no JSON object.'],
    [
      'two objects',
      '{"a": 1}\n{"a": 2}',
      'The answer holds several different JSON objects; give exactly one.',
    ],
    [
      'a second, broken object',
      '{"a": 1} {"b": }',
      'The JSON is not valid at line 1, column 7: value expected.',
    ],
    [
      'a name without quotation marks',
      '{a: 1}',
      'The JSON is not valid at line 1, column 2: invalid symbol.',
    ],
    [
      'an object inside a broken one',
      '{name: "x", "f": {"a": 1}}',
      'The JSON is not valid at line 1, column 2: invalid symbol.',
    ],
    ['brackets that do not match', '{"a": [1}', 'The brackets of the JSON do not match.'],
    ['a name twice', '{"a": {"b": 1, "b": 1}}', 'The name "b" appears twice in one object of the JSON.'],
    [
      'a name twice in tolerated JSON',
      '{"b": 1, "b": 2,}',
      'The name "b" appears twice in one object of the JSON.',
    ],
    [
      'a name twice, once escaped',
      '{"b": 1, "\\u0062": 2}',
      'The name "b" appears twice in one object of the JSON.',
    ],
    ['__proto__', '{"a": {"__proto__": {"x": 1}}}', 'The name "__proto__" is not allowed in the JSON.'],
    [
      '__proto__ in tolerated JSON',
      '{"__proto__": {"x": 1},}',
      'The name "__proto__" is not allowed in the JSON.',
    ],
    [
      'constructor',
      '[{"constructor": {"prototype": {}}}]',
      'The name "constructor" is not allowed in the JSON.',
    ],
    ['a number without end', '{"a": [1e999]}', 'The JSON has a number that is too large.'],
    ['a number without end in tolerated JSON', '{"a": -1e999,}', 'The JSON has a number that is too large.'],
  ])('F39: refuses %s', (_case, text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  it.each([
    ['lists', (depth: number) => '['.repeat(depth) + ']'.repeat(depth)],
    ['objects', (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`],
    ['objects with trailing commas', (depth: number) => `${'{"a":'.repeat(depth)}1${',}'.repeat(depth)}`],
    ['objects amid prose', (depth: number) => `So: ${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`],
  ])('allows 64 levels of %s and refuses 65', (_kind, nested) => {
    expect(parser.parse(nested(64)).type).toBe('value');
    expect(problemOf(nested(65))).toBe('The JSON is nested more than 64 levels deep.');
    expect(problemOf(nested(1_000_000))).toBe('The JSON is nested more than 64 levels deep.');
  });

  it('refuses more than 16 MB, counted in bytes', () => {
    const limit = 16 * 1024 * 1024;

    expect(parser.parse(`"${'é'.repeat(limit / 2 - 1)}"`).type).toBe('value');
    expect(problemOf(`"${'é'.repeat(limit / 2)}"`)).toBe('The answer is larger than 16 MB.');
  });

  it('leaves the prototypes of all objects alone', () => {
    parser.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}},}');

    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('gives plain objects, also in the tolerant way', () => {
    const reply = parser.parse('{"a": {"toString": 1},}');

    const value = reply.type === 'value' ? reply.value : undefined;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value).toEqual({ a: { toString: 1 } });
  });

  it('never throws, whatever it is given', () => {
    const noise = fc.string({
      unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ':', ',', '/', '*', '`', '\n', 'a', '1', 'e', '-'),
    });

    fc.assert(
      fc.property(noise, (text) => ['value', 'unreadable'].includes(parser.parse(text).type)),
      { numRuns: 2_000 },
    );
  });
});

describe('tolerantReplyParser: time', () => {
  const shapes: readonly (readonly [string, (length: number) => string])[] = [
    ['opening braces', (length) => '{'.repeat(length)],
    ['opening brackets', (length) => '['.repeat(length)],
    ['spaced brackets', (length) => '[ '.repeat(length / 2)],
    ['brackets and spaces', (length) => `[${' '.repeat(length)}`],
    ['small braces', (length) => '{a} '.repeat(length / 4)],
    ['small objects', (length) => '{"a":1}'.repeat(length / 7)],
    ['escaped quotation marks', (length) => `{"${'\\"'.repeat(length / 2)}`],
    ['quotation marks', (length) => `{${'"'.repeat(length)}`],
    ['backslashes', (length) => `{"${'\\'.repeat(length)}`],
    ['comment starts', (length) => `{${'/*'.repeat(length / 2)}`],
    ['slashes', (length) => `{"a": ${'/ '.repeat(length / 2)}}`],
    ['fences', (length) => '```\n'.repeat(length / 4)],
    ['commas', (length) => `{"a": [${','.repeat(length)}]}`],
    [
      'names',
      (length) => `{${Array.from({ length: length / 10 }, (_, n) => `"n${String(n)}":1`).join(',')},}`,
    ],
  ];

  it.each(shapes)('grows with the length of the text alone: %s', (_case, shape) => {
    const timeOf = (text: string) => {
      const start = process.cpuUsage();
      parser.parse(text);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1_000;
    };
    parser.parse(shape(20_000));

    // A quadratic search would need 100 s and more.
    expect(timeOf(shape(1_000_000))).toBeLessThan(5_000);
  });
});
