import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {simulatePlan} from '../../scripts/readme/simulated-plan.mjs';

/*
 * "What is not modelled" in README.md, as behaviour. When one of these fails, walltime has learnt
 * something: take the sentence out of the README, and the test with it.
 */

interface PlanContents {
  readonly layout: Readonly<Record<string, unknown>>;
}

const plan = parse(readFileSync('plans/frontier-175b-dash2023.yaml', 'utf8')) as PlanContents;
const published = await simulatePlan(plan);

test.each([['diloco', {replicas: 4, inner_steps: 100}]])(
  'the section %s has no effect on the answer',
  async (section, contents) => {
    expect(await simulatePlan({...plan, [section]: contents})).toEqual(published);
  },
);
