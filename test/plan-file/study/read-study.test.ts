import {expect, test} from 'vitest';
import {formatProblem} from '../../../src/plan-file/problem.js';
import {readStudyText} from '../../../src/plan-file/study/read-study.js';
import {goodPlan} from '../plans.js';

async function study(section: string) {
  const read = await readStudyText('plan.yaml', `${goodPlan}study:\n${section}`);
  if (read === null) throw new Error('the plan has a study');
  return read;
}

async function problems(section: string): Promise<string[]> {
  const read = await study(section);
  return 'problems' in read ? read.problems.map(formatProblem) : [];
}

test('cells are all combinations, the last axis fastest, each the plan with its values', async () => {
  const read = await study('  training.global_batch: [512, 1024]\n  cluster.nodes: [64, 128]\n');
  if ('problems' in read) throw new Error('the study is right');
  expect(read.axes).toEqual(['training.global_batch', 'cluster.nodes']);
  expect(read.cells.map(({values}) => values)).toEqual([
    [512, 64],
    [512, 128],
    [1024, 64],
    [1024, 128],
  ]);
  const {plan} = read.cells[2]!;
  if (!('plan' in plan)) throw new Error('the cell is possible');
  expect(plan.plan.cluster.numDevices).toBe(512);
  expect(plan.plan.training.globalBatch).toBe(1024);
  expect(plan.plan.pins.tensor).toBe(8);
});

test('values that do not go together make a row with the reason, not a problem of the file', async () => {
  const read = await study('  cluster.hardware: [a100-80gb, h100-sxm]\n  training.precision: [bf16, fp8]\n');
  if ('problems' in read) throw new Error('the study is right');
  expect(read.cells.map(({plan}) => ('infeasible' in plan ? plan.infeasible : 'possible'))).toEqual([
    'possible',
    expect.stringContaining('has no fp8'),
    'possible',
    'possible',
  ]);
});

test.each([
  ['  cluster.nods: [1, 2]\n', /^plan\.yaml:18:3 {2}cluster\.nods: unknown key {2}\(did you mean nodes\?/],
  ['  cluster.nodes: [8, -1]\n', /^plan\.yaml:18:22 {2}cluster\.nodes: -1 is negative/],
  ['  cluster.hardware: [h10]\n', /^plan\.yaml:18:22 {2}cluster\.hardware: unknown hardware "h10"/],
  [
    `  training.global_batch: [${Array.from({length: 5000}, (_, i) => i + 1).join(', ')}]\n`,
    /the axes make 5000 plans/,
  ],
])('a value that fits nowhere is a problem at its place in the study', async (section, problem) => {
  expect((await problems(section))[0]).toMatch(problem);
});

test.each(['cluster.nods', 'clutser.nodes'])('a wrong key %s is one problem, at the key', async key => {
  const found = await problems(`  ${key}: [1, 2]\n`);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^plan\.yaml:18:3 .*unknown key/);
});

test('a plan without a study is none', async () => {
  expect(await readStudyText('plan.yaml', goodPlan)).toBeNull();
});
