import {existsSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {loadPlan, solutionProblems, solvePlan} from '../../src/cli/planning/solve-plan.js';

/** Layouts that a framework takes or refuses: bulk cases that are not shipped. */
const folder = '../shared/cases/rules';
const isThere = existsSync(folder);

const cases = isThere
  ? readFileSync(`${folder}/expected.tsv`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map(line => line.split('\t'))
      .filter(([, right]) => right === 'refuse' || right === 'accept')
      .map(([plan = '', right = '', why = '']) => ({plan, right, why}))
  : [];

test.skipIf(!isThere)('there are cases of both kinds', () => {
  expect(cases.filter(({right}) => right === 'refuse').length).toBeGreaterThan(10);
  expect(cases.filter(({right}) => right === 'accept').length).toBeGreaterThan(4);
});

// What `plan` refuses is what loadPlan reports; simulate, check, compare and export add the stated layout's problems.
test.each(cases)('$plan: $right ($why)', async ({plan, right}) => {
  const loaded = await loadPlan(`${folder}/${plan}.yaml`);
  if (right === 'refuse') {
    expect('problems' in loaded && loaded.problems.length > 0).toBe(true);
    return;
  }
  if ('problems' in loaded) throw new Error(loaded.problems.map(({message}) => message).join('; '));
  expect(solutionProblems(loaded)).toEqual([]);
  expect('problems' in solvePlan(loaded)).toBe(false);
});
