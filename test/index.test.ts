import {expect, test} from 'vitest';
import {
  type Candidate,
  countParameters,
  estimateRun,
  estimateStep,
  formatProblem,
  problemsOf,
  readPlan,
  readPlanText,
  searchLayouts,
  setInPlan,
  stepPartNames,
} from '../src/index.js';

test('the library reads a plan, finds its best layout and estimates the run', async () => {
  const read = await readPlan('plans/llama-3-70b-h100.yaml');
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
  const {plan} = read;
  const best: Candidate | null | undefined = searchLayouts(plan)?.best;
  if (!best) throw new Error('the plan has a layout');
  const {model} = plan;
  expect(problemsOf(best.layout, plan)).toEqual([]);
  expect(estimateStep({...plan, layout: best.layout})).toEqual(best.estimate);
  const sum = stepPartNames.reduce((total, name) => total + best.estimate.parts[name], 0);
  expect(sum).toBe(best.estimate.seconds);
  expect(estimateRun(plan, best.estimate).costUsd).toBeLessThan(500e3);
  expect(countParameters(model).total).toBeGreaterThan(70e9);
});

test('the library tells every problem of a plan, and changes one value of it', async () => {
  const read = await readPlanText('mine.yaml', 'walltime: 1\nmodel: none\n');
  if (!('problems' in read)) throw new Error('the plan is wrong');
  expect(read.problems.map(formatProblem)).toContainEqual(
    expect.stringMatching(/^mine\.yaml:2:8 {2}model: /),
  );
  expect(setInPlan('layout: {tensor: 2} # mine\n', ['layout', 'tensor'], 4)).toEqual({
    text: 'layout: {tensor: 4} # mine\n',
  });
});
