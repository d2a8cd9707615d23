import {describe, expect, test} from 'vitest';
import {readPlanText} from '../../src/plan-file/read-plan.js';
import {lossOf} from '../../src/scaling/loss/loss-law.js';
import {lossLaws} from '../../src/scaling/loss/loss-laws.js';
import {lawOfPlan} from '../../src/scaling/loss/plan-law.js';
import {goodPlan, printedProblems} from './plans.js';

const run = {parameters: 1e9, tokens: 2e10};
const chinchilla = `
  expression: E + A / N^alpha + B / D^beta
  constants: {E: {value: 1.8172, standard_error: 0.03}, A: 482.01, B: 2085.43, alpha: 0.3478, beta: 0.3658}
`;

async function planOf(section: string) {
  const read = await readPlanText('plan.yaml', `${goodPlan}${section}`);
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  return read.plan;
}

test('a plan without a loss law takes the usual one', async () => {
  const plan = await planOf('');
  expect(plan.loss).toBeNull();
  expect(lawOfPlan(plan)).toEqual({name: 'besiroglu', law: lossLaws.besiroglu});
});

test('a plan names a published law', async () => {
  const plan = await planOf('loss: {law: muennighoff}\n');
  expect(lawOfPlan(plan).law).toBe(lossLaws.muennighoff);
});

test('a formula of its own gives the loss of the law that it spells', async () => {
  const plan = await planOf(`loss:${chinchilla}`);
  const {name, law} = lawOfPlan(plan);
  expect(name).toBe('own');
  expect(lossOf(law, run)).toBeCloseTo(lossOf(lossLaws.besiroglu, run), 12);
  expect(law.coefficients).toMatchObject({E: {standardError: 0.03}, A: {standardError: null}});
});

test('a formula may read unique tokens and replicas', async () => {
  const {law} = lawOfPlan(await planOf('loss: {expression: "D / U + M + 0 * N"}\n'));
  expect(law.form.reads).toEqual(['uniqueTokens', 'replicas']);
  expect(lossOf(law, {...run, uniqueTokens: 5e9, replicas: 3})).toBe(7);
  expect(lossOf(law, run)).toBe(2);
});

test('a plan with its own law is plain data: a copy of it gives the same loss', async () => {
  const plan = await planOf(`loss:${chinchilla}`);
  expect(lossOf(lawOfPlan(structuredClone(plan)).law, run)).toBe(lossOf(lawOfPlan(plan).law, run));
});

test('a choice that no plan could hold is a mistake of the program', async () => {
  const plan = await planOf('');
  expect(() => lawOfPlan({...plan, loss: {law: 'constructor'}})).toThrow('no loss law is called constructor');
  const formula = {type: 'SymbolNode', name: 'process'} as const;
  expect(() => lawOfPlan({...plan, loss: {expression: 'process', constants: {}, formula}})).toThrow(
    /unknown name process/,
  );
});

describe('a wrong loss law is answered at its place', () => {
  test.each([
    ['loss: {law: besirogl}', /loss\.law: unknown value "besirogl" {2}\(did you mean besiroglu\?/],
    ['loss: {}', /:\d+:7 {2}loss: names no law/],
    ['loss: {law: kaplan, expression: N}', /loss\.expression: the loss law is given twice/],
    ['loss: {law: kaplan, constants: {E: 1}}', /loss\.constants: a published law has its own/],
    ['loss: {expression: "E + 1/N"}', /:\d+:20 {2}loss\.expression: unknown name E {2}\(use N, D, U, M\)/],
    [
      'loss: {expression: "1/N^a", constants: {a: 0.1, b: 2}}',
      /loss\.constants\.b: is not in the expression/,
    ],
    [
      'loss: {expression: "1/N^exp", constants: {exp: 0.1}}',
      /loss\.constants\.exp: exp has a meaning already/,
    ],
    ['loss: {expression: "1/N", constants: {N: 0.1}}', /loss\.constants\.N: N has a meaning already/],
    ['loss: {expression: "1/N", constants: {"a b": 0.1}}', /is not a name/],
    ['loss: {expression: "2 + 2"}', /depends on neither N nor D/],
    ['loss: {expression: "-N"}', /loss\.expression: is -1000000000 for 1 B parameters/],
    ['loss: {expression: "log(0 * N - 1)"}', /loss\.expression: is NaN for/],
    ['loss: {expression: "N > 2"}', /is a condition where a number is wanted/],
    ['loss: {expression: "import(\'fs\')"}', /loss\.expression: unknown function import/],
    ['loss: {expression: "f(x) = N"}', /is not allowed here/],
    ['loss: {expression: "1/N", constants: {a: many}}', /loss\.constants\.a/],
  ])('%s', async (section, printed) => {
    expect((await printedProblems(`${goodPlan}${section}\n`)).join('\n')).toMatch(printed);
  });
});
