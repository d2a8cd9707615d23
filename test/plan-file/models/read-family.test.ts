import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {familyFiles} from '../../../src/plan-file/library/models/family-files.js';
import {readFamilyText} from '../../../src/plan-file/models/read-family.js';
import {readModelText} from '../../../src/plan-file/models/read-model.js';
import {formatProblem} from '../../../src/plan-file/problem.js';

const head = `walltime-models: 1
family: Own
source: a paper
shape: {hidden: 64, vocabulary: 100, attention: {kv_heads: 2}}
models:
`;

async function printed(models: string): Promise<string[]> {
  const read = await readFamilyText('own.yaml', head + models);
  return 'problems' in read ? read.problems.map(formatProblem) : [];
}

test('a model has the facts of its family, of the model that it is like, and its own', async () => {
  const read = await readFamilyText(
    'own.yaml',
    `${head}  small:
    name: Small
    hub: own/Small
    shape: {layers: 2, attention: {heads: 4}, mlp: {hidden: 256}}
  large:
    name: Large
    source: another paper
    like: small
    shape: {layers: 8, attention: {kv_heads: 4}}
`,
  );
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  expect(Object.keys(read.models)).toEqual(['small', 'large']);
  expect(read.models.small).toMatchObject({source: 'a paper', family: 'Own', hub: ['own/Small']});
  expect(read.models.small?.model).toMatchObject({
    numLayers: 2,
    hiddenSize: 64,
    attention: {numKeyValueHeads: 2},
  });
  expect(read.models.large).toMatchObject({source: 'another paper', hub: []});
  expect(read.models.large?.model).toMatchObject({
    name: 'Large',
    numLayers: 8,
    mlp: {hiddenSize: 256},
    attention: {numHeads: 4, numKeyValueHeads: 4},
  });
});

test('what is missing or wrong in a model is shown there', async () => {
  expect(await printed('  a:\n    name: A\n    shape: {attention: {heads: 4}, mlp: {hidden: 8}}\n')).toEqual([
    'own.yaml:8:5  models.a.shape.layers: is missing  (write a whole number)',
  ]);
  expect(
    await printed('  a:\n    name: A\n    shape: {layers: 2, attention: {heads: 3}, mlp: {hidden: 8}}\n'),
  ).toContain(
    'own.yaml:8:43  models.a.shape.attention.heads: 3 heads do not divide a hidden size of 64  (give attention.head_size)',
  );
  expect(await printed('  a: {name: A, like: b}\n')).toEqual([
    'own.yaml:6:22  models.a.like: unknown model "b"  (name a model of this file)',
  ]);
  expect(await printed('  a: {name: A, like: b}\n  b: {name: B, like: a}\n')).toContain(
    'own.yaml:7:22  models.b.like: a like b like a goes round in a circle  (break it)',
  );
  expect(await printed('  a: {name: A, hubs: x}\n')).toEqual([
    'own.yaml:6:16  models.a.hubs: unknown key  (did you mean hub? one of name, hub, source, like, shape)',
  ]);
});

test('a path to a family asks for one of its models', async () => {
  const path = 'plans/models/families/gpt-oss.yaml';
  const read = await readModelText(path, readFileSync(path, 'utf8'));
  expect('problems' in read ? read.problems.map(formatProblem) : []).toEqual([
    `${path}:14:1  models: holds 2 models of gpt-oss  (name one of them: gpt-oss-20b, gpt-oss-120b)`,
  ]);
});

test('the names that are looked for without parsing are those of the files', async () => {
  for (const {path, text, names} of familyFiles()) {
    const read = await readFamilyText(path, text);
    expect('models' in read ? Object.keys(read.models) : [], path).toEqual(names);
  }
});
