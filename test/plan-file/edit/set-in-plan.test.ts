import fc from 'fast-check';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {type PlanValue, setInPlan} from '../../../src/plan-file/edit/set-in-plan.js';

function set(text: string, path: string, value: PlanValue): string {
  const edited = setInPlan(text, path.split('.'), value);
  return 'text' in edited ? edited.text : `${edited.message} (${edited.hint})`;
}

const edits: [name: string, text: string, path: string, value: PlanValue, expected: string][] = [
  [
    'a value before a comment',
    'layout:\n  tensor:   4   # slow\n',
    'layout.tensor',
    8,
    'layout:\n  tensor:   8   # slow\n',
  ],
  ['a quoted value', "a: 'x'\nb: 1\n", 'a', 'y: z', 'a: "y: z"\nb: 1\n'],
  [
    'a value in a flow map',
    'layout: {tensor: 4,pipeline: 2 }\n',
    'layout.tensor',
    16,
    'layout: {tensor: 16,pipeline: 2 }\n',
  ],
  [
    'a flow map by a word',
    'layout:\n  recompute: {layers: 3} # few\n',
    'layout.recompute',
    'full',
    'layout:\n  recompute: full # few\n',
  ],
  [
    'a word by a map',
    'layout:\n  recompute: full\n',
    'layout.recompute',
    {layers: 3},
    'layout:\n  recompute: {layers: 3}\n',
  ],
  [
    'a block map by a word',
    'layout:\n  recompute: # why\n    layers: 3 # few\n  tensor: 1\n',
    'layout.recompute',
    'full',
    'layout:\n  recompute: full # why\n  tensor: 1\n',
  ],
  [
    'a block list by a list',
    'layout:\n  rank_order:\n    - data\n    - tensor\n\n# end\n',
    'layout.rank_order',
    ['a', 'b'],
    'layout:\n  rank_order: [a, b]\n\n# end\n',
  ],
  ['a block scalar', 'a: |\n  text\nb: 1\n', 'a', 'x', 'a: x\nb: 1\n'],
  ['no value', 'a: # none yet\nb: 1\n', 'a', 3, 'a: 3 # none yet\nb: 1\n'],
  [
    'an absent key',
    'layout:\n    tensor: 4 # four\n# goal\ngoal: {}\n',
    'layout.pipeline',
    2,
    'layout:\n    tensor: 4 # four\n    pipeline: 2\n# goal\ngoal: {}\n',
  ],
  [
    'an absent key of a flow map',
    'layout: {tensor: 4}\n',
    'layout.pipeline',
    2,
    'layout: {tensor: 4, pipeline: 2}\n',
  ],
  [
    'an absent key of an empty flow map',
    'layout: {} # free\n',
    'layout.pipeline',
    2,
    'layout: {pipeline: 2} # free\n',
  ],
  [
    'an absent key of an empty section',
    'layout: # free\ngoal: 1\n',
    'layout.pipeline',
    2,
    'layout: # free\n  pipeline: 2\ngoal: 1\n',
  ],
  ['an absent section', 'a: 1\n\n# end\n', 'layout.tensor', 4, 'a: 1\nlayout:\n  tensor: 4\n\n# end\n'],
  ['an absent section without a last line end', 'a: 1', 'layout.tensor', 4, 'a: 1\nlayout:\n  tensor: 4'],
  [
    'an absent key behind a block scalar',
    'a:\n  b: |\n    text\n',
    'a.c',
    4,
    'a:\n  b: |\n    text\n  c: 4\n',
  ],
  [
    'an absent key with Windows line ends',
    'a: 1\r\nb: 2 # two\r\n',
    'c',
    3,
    'a: 1\r\nb: 2 # two\r\nc: 3\r\n',
  ],
  ['a file with a byte order mark', '\ufeffa: 1\n', 'a', 2, '\ufeffa: 2\n'],
  [
    'a section that is no map',
    'layout: 3\n',
    'layout.tensor',
    4,
    'layout is not a map (make it one, or take it out)',
  ],
  [
    'a value that others share',
    'a: &x {b: 1}\nc: *x\n',
    'a.b',
    2,
    'a.b cannot be changed by itself (change it by hand)',
  ],
  ['a file that is no map', '- 1\n', 'a', 2, 'is not a YAML map (mend the file first)'],
];

test.each(edits)('%s', (_, text, path, value, expected) => {
  expect(set(text, path, value)).toBe(expected);
});

const comment = fc.constantFrom('', ' # note', '   # a: b');
const scalar = fc.constantFrom('1', "'x # y'", '"q"', 'word', '{k: 1}', '[1,  2]', '|\n    block');
const pairs = fc.uniqueArray(
  fc.tuple(fc.constantFrom('tensor', 'pipeline', 'data', 'context', 'expert'), scalar, comment),
  {
    selector: ([key]) => key,
    maxLength: 5,
  },
);
const section = fc.tuple(pairs, fc.constantFrom('\n', '\n\n', '\n# between\n')).map(([entries, gap]) => {
  const lines = entries.map(
    ([key, value, note]) => `  ${key}:  ${value.startsWith('|') ? value : value + note}`,
  );
  return `name: x # first${gap}layout:${lines.length === 0 ? ' {}' : ''}\n${lines.join('\n')}${lines.length === 0 ? '' : '\n'}${gap}goal: {a: 1}\n`;
});

test('an edit changes the value at its path and keeps every line that does not hold it', () => {
  const value = fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.string(),
    fc.record({layers: fc.nat()}),
    fc.array(fc.string(), {maxLength: 3}),
  );
  fc.assert(
    fc.property(section, fc.constantFrom('tensor', 'pipeline', 'expert'), value, (text, key, replacement) => {
      const edited = setInPlan(text, ['layout', key], replacement);
      if (!('text' in edited)) throw new Error(edited.message);
      const before = parse(text);
      expect(parse(edited.text)).toEqual({...before, layout: {...before.layout, [key]: replacement}});
      const kept = text
        .split('\n')
        .filter(
          line =>
            !/^ {2}\w|block|^layout: \{\}/.test(line) || (/^ {2}\w/.test(line) && !line.includes(`${key}:`)),
        );
      for (const line of kept) expect(edited.text.split('\n')).toContain(line);
    }),
    {numRuns: 500},
  );
});

test('setting the value that is there changes no byte', () => {
  fc.assert(
    fc.property(fc.integer(), comment, (n, note) => {
      const text = `layout:\n  tensor: ${n}${note}\n`;
      expect(set(text, 'layout.tensor', n)).toBe(text);
    }),
  );
});
