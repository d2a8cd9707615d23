import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {removeFromPlan} from '../../../src/plan-file/edit/remove-from-plan.js';
import {setInPlan} from '../../../src/plan-file/edit/set-in-plan.js';

const plan = `# the plan
walltime: 1
layout:          # pinned
  tensor: 8      # one node
  pipeline: 4
goal: {deadline: 30 days, budget: 1e6 USD}
`;

const without = (text: string, ...path: string[]): string => {
  const edited = removeFromPlan(text, path);
  return 'text' in edited ? edited.text : edited.message;
};

test('a key goes with its line and its comment, every other byte stays', () => {
  expect(without(plan, 'layout', 'tensor')).toBe(plan.replace('  tensor: 8      # one node\n', ''));
});

test('a key of a flow map goes with its comma, wherever it stands', () => {
  expect(without(plan, 'goal', 'deadline')).toBe(plan.replace('deadline: 30 days, ', ''));
  expect(without(plan, 'goal', 'budget')).toBe(plan.replace(', budget: 1e6 USD', ''));
});

test('a map goes with its last key', () => {
  const one = without(plan, 'layout', 'tensor');
  expect(without(one, 'layout', 'pipeline')).toBe(plan.replace(/layout.*(?=goal)/s, ''));
});

test('a whole map goes with everything below it', () => {
  expect(parse(without(plan, 'layout'))).toEqual({
    walltime: 1,
    goal: {deadline: '30 days', budget: '1e6 USD'},
  });
});

test('what is not there leaves the text as it is', () => {
  expect(without(plan, 'layout', 'data')).toBe(plan);
  expect(without(plan, 'diloco', 'replicas')).toBe(plan);
});

test('what was added is taken out again to the byte', () => {
  for (const path of [
    ['layout', 'data'],
    ['diloco', 'replicas'],
    ['search', 'tensor', 'max'],
  ]) {
    const added = setInPlan(plan, path, 4);
    expect('text' in added ? without(added.text, ...path) : added).toBe(plan);
  }
});

test('an anchor that others repeat is not taken from under them', () => {
  const shared = 'a: &x {b: 1}\nc: *x\n';
  expect(removeFromPlan(shared, ['a'])).toHaveProperty('message');
});
