import {mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {formatProblem} from '../../src/plan-file/problem.js';
import {readPlan} from '../../src/plan-file/read-plan.js';
import {goodPlan} from './plans.js';

const folder = mkdtempSync(join(tmpdir(), 'walltime-'));
afterAll(() => rmSync(folder, {recursive: true}));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function printed(path: string): Promise<string[]> {
  const read = await readPlan(path);
  return 'problems' in read
    ? read.problems.map(problem => formatProblem(problem).replace(`${folder}/`, ''))
    : [];
}

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x, x]',
  ...'bcdefgh'.split('').map((name, i) => `${name}: &${name} [${`*${'abcdefg'[i]}, `.repeat(10)}x]`),
].join('\n');

const files: [name: string, content: string | Uint8Array, printed: string][] = [
  ['empty.yaml', '', 'empty.yaml:1:1  is empty  (see plans/ for examples)'],
  ['comment.yaml', '# nothing\n', 'comment.yaml:1:1  is empty  (see plans/ for examples)'],
  [
    'binary.yaml',
    new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]),
    'binary.yaml:1:1  is binary  (name a YAML file, in UTF-8)',
  ],
  ['latin1.yaml', new Uint8Array([0x6e, 0xe9, 0x0a]), 'latin1.yaml:1:1  is not UTF-8  (save it as UTF-8)'],
  ['list.yaml', '- 1\n- 2\n', 'list.yaml:1:1  a map is wanted, not a list  (write a map)'],
  ['word.yaml', 'hello\n', 'word.yaml:1:1  a map is wanted, not "hello"  (write a map)'],
  ['two.yaml', `${goodPlan}---\n${goodPlan}`, 'two.yaml:17:1  holds several documents  (one file, one plan)'],
  ['bomb.yaml', bomb, 'bomb.yaml:1:1  repeats anchors too often  (write the values out)'],
  [
    'bracket.yaml',
    'walltime: [1\n',
    'bracket.yaml:2:1  is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]  (check indentation, colons and quotes on this line)',
  ],
  [
    'escape.yaml',
    '"\\u001b[2Jx": 1\n',
    'escape.yaml:1:1   [2Jx: unknown key  (one of walltime, name, model, cluster, training, layout, diloco, goal, loss, search, scaling, reliability, operation, study, measured)',
  ],
];

test.each(files)('%s', async (name, content, line) => {
  expect(await printed(write(name, content))).toContain(line);
});

test('what is not a file is said to be what it is', async () => {
  mkdirSync(join(folder, 'plans'));
  symlinkSync('loop', join(folder, 'loop'));
  write('here.yaml', goodPlan);
  expect(await printed(join(folder, 'plans'))).toEqual(['plans:1:1  is a directory  (name a file in it)']);
  expect(await printed(join(folder, 'loop'))).toEqual([
    'loop:1:1  is a link to itself  (name the file itself)',
  ]);
  expect(await printed(join(folder, 'heer.yaml'))).toEqual([
    'heer.yaml:1:1  no such file  (did you mean here.yaml?)',
  ]);
  expect(await printed(join(folder, 'x/y.yaml'))).toEqual([
    `x/y.yaml:1:1  no such file  (there is no folder ${folder}/x)`,
  ]);
  expect(await printed('/dev/null')).toEqual(['/dev/null:1:1  is not a regular file  (name a YAML file)']);
});

test('a file of 50 MB is refused before it is read', async () => {
  const path = write('large.yaml', '');
  truncateSync(path, 50e6);
  expect(await printed(path)).toEqual([
    'large.yaml:1:1  has 50000000 bytes, above the limit of 1048576  (name a YAML file)',
  ]);
});

test('Windows line ends and a byte order mark change neither the plan nor the places of its problems', async () => {
  const windows = `\ufeff${goodPlan.replaceAll('\n', '\r\n')}`;
  expect(await printed(write('windows.yaml', windows))).toEqual([]);
  expect(
    await printed(write('windows.yaml', windows.replace('walltime: 1', 'walltime: 2').replace('128', '-1'))),
  ).toEqual([
    'windows.yaml:1:11  walltime: unknown value 2  (write 1)',
    'windows.yaml:6:10  cluster.nodes: -1 is negative  (give a whole number above 0)',
  ]);
});

test('a model beside the plan is found, and its mistakes are shown in its own file', async () => {
  const plan = write('own.yaml', goodPlan.replace('gpt3-175b', './model.yaml'));
  const model =
    'walltime-model: 1\nname: own\nlayers: 4\nhidden: 64\nvocabulary: 100\nattention: {heads: 4}\nmlp: {hidden: 256}\n';
  write('model.yaml', model);
  expect(await printed(plan)).toEqual([]);
  write('model.yaml', model.replace('layers: 4', 'layers: none'));
  expect(await printed(plan)).toEqual([
    'model.yaml:3:9  layers: "none" is not a count  (write a whole number)',
  ]);
});
