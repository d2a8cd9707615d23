import {readdirSync} from 'node:fs';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {FrameworkRule} from '../../src/frameworks/framework.js';
import {
  contextExchanges,
  defaultRankOrder,
  type Layout,
  offloads,
  scheduleNames,
  shardings,
} from '../../src/layout/layout.js';
import {checkRule} from '../../src/layout/rule.js';
import {optimizers} from '../../src/plan/training.js';
import {deepSeek, gpt3, mixtral} from '../model/shapes.js';
import {fsdpVariants, pytorchCasesByCode} from './pytorch-rule-cases.js';
import {casesByCode} from './rule-cases.js';
import {checkedCase, frameworkCalled, type RuleCase} from './rule-subject.js';

const frameworks = readdirSync('src/frameworks', {withFileTypes: true})
  .filter(entry => entry.isDirectory())
  .map(({name}) => name)
  .concat(fsdpVariants)
  .map(frameworkCalled);

const rules = frameworks.flatMap(({name, rules: own}) => own.map(rule => ({framework: name, rule})));

function problemOf(rule: FrameworkRule, checked: RuleCase) {
  const {layout, subject} = checkedCase(checked);
  return checkRule(rule, layout, subject);
}

test.each(rules.map(({framework, rule}) => ({framework, rule, code: rule.code, source: rule.source})))(
  '$framework takes and refuses by $code ($source)',
  ({rule}) => {
    const cases = casesByCode[rule.code] ?? pytorchCasesByCode[rule.code];
    if (cases === undefined) throw new Error(`no case of the rule ${rule.code}`);
    expect(problemOf(rule, cases.taken)).toBeNull();
    const problem = problemOf(rule, cases.refused);
    expect(problem).not.toBeNull();
    expect(`${problem?.message} ${problem?.hint}`).not.toMatch(/[{}]|undefined|NaN/);
  },
);

const numbers = fc.constantFrom(1, 2, 3, 4, 8, 12, 16);

const layouts: fc.Arbitrary<Layout> = fc.record({
  tensor: numbers,
  pipeline: numbers,
  data: numbers,
  context: numbers,
  expert: numbers,
  expertTensor: numbers,
  sequenceParallel: fc.boolean(),
  sharding: fc.constantFrom(...shardings),
  shardingGroup: fc.constantFrom('all' as const, 'node' as const, 4),
  microBatch: fc.constantFrom(1, 2, 4),
  schedule: fc.constantFrom(...scheduleNames),
  virtualStages: fc.constantFrom(1, 2, 3),
  recompute: fc.constantFrom('none' as const, 'selective' as const, 'full' as const, {layers: 3}),
  offload: fc.constantFrom(...offloads),
  asyncTensor: fc.boolean(),
  overlapGradients: fc.boolean(),
  overlapParameters: fc.boolean(),
  contextExchange: fc.constantFrom(...contextExchanges),
  causalBalancing: fc.boolean(),
  rankOrder: fc.shuffledSubarray([...defaultRankOrder], {minLength: 5}),
});

const subjects = fc
  .record({
    model: fc.constantFrom(gpt3, mixtral, deepSeek),
    training: fc.record({
      optimizer: fc.constantFrom(...optimizers),
      precision: fc.constantFrom('bf16' as const, 'fp16' as const),
      attentionKernel: fc.constantFrom(null, 'fused-softmax' as const, 'unfused' as const),
      globalBatch: fc.constantFrom(48, 64, 80),
      batchRamp: fc.constantFrom([], [{until: 1e6, globalBatch: 16}]),
    }),
  })
  .map(checked => checkedCase(checked).subject);

/** The layout as a rule may see it: a field that it does not name throws. */
function fenced(layout: Layout, {code, fields}: FrameworkRule): Layout {
  return new Proxy(layout, {
    get: (target, field) => {
      if (!(fields as readonly (string | symbol)[]).includes(field))
        throw new Error(`${code} reads ${String(field)}`);
      return Reflect.get(target, field);
    },
  });
}

test('a rule reads no field of the layout but those that it names', () => {
  fc.assert(
    fc.property(layouts, subjects, (layout, subject) => {
      for (const {rule} of rules) {
        const facts = rule.broken(layout, subject);
        expect(rule.broken(fenced(layout, rule), subject), rule.code).toEqual(facts);
      }
    }),
    {numRuns: 300},
  );
});

test('every value that the texts of a broken rule name is one of its facts', () => {
  fc.assert(
    fc.property(layouts, subjects, (layout, subject) => {
      for (const {rule} of rules) {
        const problem = checkRule(rule, layout, subject);
        if (problem !== null) expect(`${problem.message} ${problem.hint}`).not.toMatch(/[{}]|undefined|NaN/);
      }
    }),
    {numRuns: 100},
  );
});

test('a rule that counts micro-batches sees nothing else of data degree and micro-batch', () => {
  const counting = rules.filter(({rule}) => rule.countsMicrobatches);
  expect(counting.length).toBeGreaterThan(0);
  fc.assert(
    fc.property(layouts, subjects, (layout, subject) => {
      const other = {...layout, data: layout.data * layout.microBatch, microBatch: 1};
      for (const {rule} of counting) {
        expect(rule.broken(other, subject), rule.code).toEqual(rule.broken(layout, subject));
      }
    }),
  );
});
