import {expect, test} from 'vitest';
import {readPlanText} from '../../../src/plan-file/read-plan.js';
import {searchLayouts} from '../../../src/search/search.js';
import type {Job, PlanAnswer, Reply} from '../../../src/tui/planning/answers.js';
import {makeScheduler} from '../../../src/tui/planning/scheduler.js';
import {work} from '../../../src/tui/planning/work.js';

const text = `walltime: 1
model: llama-3-8b
cluster: {hardware: h100-sxm, devices: 8}
training: {tokens: 1e9, sequence_length: 4096, global_batch: 16}
search: {tensor: [1, 2], pipeline: [1, 2], micro_batch: [1]}
`;

/** All replies to a job, in order. */
function answered(job: Job): Promise<readonly Reply[]> {
  const replies: Reply[] = [];
  return new Promise((resolve, reject) => {
    const hear = (_: number, reply: Reply | null) =>
      reply === null ? resolve(replies) : void replies.push(reply);
    makeScheduler(work, hear, reject).request(job, 1);
  });
}

async function planned(plan: string): Promise<PlanAnswer> {
  const last = (await answered({topic: 'plan', path: 'p.yaml', text: plan})).at(-1);
  if (last?.topic !== 'plan' || 'problems' in last.answer) throw new Error(JSON.stringify(last));
  return last.answer;
}

test('the answer is that of the search, and can be sent between threads', async () => {
  const answer = await planned(text);
  const read = await readPlanText('p.yaml', text);
  if ('problems' in read) throw new Error('the plan is right');
  const found = searchLayouts(read.plan, {alternatives: 14});
  expect(answer.rows.map(({layout}) => layout)).toEqual(
    [found?.best, ...(found?.alternatives ?? [])].map(candidate => candidate?.layout),
  );
  expect(answer.certified).toBe(true);
  expect(structuredClone(answer)).toEqual(answer);
});

test('pins are held against the free optimum, which is never slower', async () => {
  const answer = await planned(`${text}layout: {tensor: 2, recompute: full}\n`);
  const [best] = answer.rows;
  expect(best?.layout).toMatchObject({tensor: 2, recompute: 'full'});
  expect(answer.freeSeconds).toBeLessThanOrEqual(best?.step.p50 ?? 0);
});

test('a wrong plan is answered with its problems', async () => {
  const [reply] = await answered({topic: 'plan', path: 'p.yaml', text: text.replace('1e9', '10 parsecs')});
  expect(reply).toMatchObject({answer: {problems: [{file: 'p.yaml', path: 'training.tokens'}]}});
});

/** Activations of sixteen sequences that nothing recomputes, and no choice that would help is open. */
const tooLarge = text.replace(
  /search: .*/,
  'layout: {tensor: 8, pipeline: 1, micro_batch: 16, recompute: none, sequence_parallel: false, offload: none}',
);

test('a plan that fits nowhere says what comes closest and what would help', async () => {
  const answer = await planned(tooLarge);
  expect(answer.rows).toEqual([]);
  expect(answer.noFit?.smallest?.estimate.memory.fits).toBe(false);
  expect(answer.noFit?.remedies?.length).toBeGreaterThan(0);
});

test('a slider that is left alone changes nothing, twice the memory never slows a plan', async () => {
  const trial = async (factors: Record<string, number>) => {
    const [reply] = await answered({topic: 'trial', path: 'p.yaml', text, factors});
    return reply?.topic === 'trial' ? reply.row : null;
  };
  const [as, more] = [await trial({}), await trial({memory: 2})];
  expect(as?.layout).toEqual((await planned(text)).rows[0]?.layout);
  expect(more?.step.p50).toBeLessThanOrEqual(as?.step.p50 ?? 0);
});
