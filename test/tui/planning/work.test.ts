import {expect, test} from 'vitest';
import {readPlanText} from '../../../src/plan-file/read-plan.js';
import {searchLayouts} from '../../../src/search/search.js';
import type {Job} from '../../../src/tui/planning/job.js';
import {planAnswers} from '../../../src/tui/planning/jobs/plan.js';
import type {PlanAnswer, Reply, Row} from '../../../src/tui/planning/reply.js';
import {makeScheduler} from '../../../src/tui/planning/threads/scheduler.js';
import {makeWork} from '../../../src/tui/planning/work.js';

const text = `walltime: 1
model: llama-3-8b
cluster: {hardware: h100-sxm, devices: 8}
training: {tokens: 1e9, sequence_length: 4096, global_batch: 16}
search: {tensor: [2], pipeline: [1], micro_batch: [1]}
`;

const read = await readPlanText('p.yaml', text);
if ('problems' in read) throw new Error('the plan is right');
const fastest = await lastOf(planAnswers(read));

async function lastOf(answers: ReturnType<typeof planAnswers>): Promise<PlanAnswer> {
  let last: PlanAnswer | null = null;
  for await (const answer of answers) if (answer !== null && 'rows' in answer) last = answer;
  if (last === null) throw new Error('the plan is right');
  return last;
}

/** All replies to a job, in order. */
function answered(job: Job): Promise<readonly Reply[]> {
  const replies: Reply[] = [];
  return new Promise((resolve, reject) => {
    const replied = (_: number, reply: Reply | null) =>
      reply === null ? resolve(replies) : void replies.push(reply);
    makeScheduler(makeWork(), {replied, failed: reject}).request(job, 1);
  });
}

async function planned(plan: string): Promise<PlanAnswer> {
  const last = (await answered({kind: 'plan', path: 'p.yaml', text: plan})).at(-1);
  if (last?.kind !== 'plan' || 'problems' in last.answer) throw new Error(JSON.stringify(last));
  return last.answer;
}

test('the answer is that of the search, and can be sent between threads', async () => {
  const found = searchLayouts(read.plan, {alternatives: 14});
  expect(fastest.rows.map(({layout}) => layout)).toEqual(
    [found?.best, ...(found?.alternatives ?? [])].map(candidate => candidate?.layout),
  );
  expect(fastest.optimal).toBe(true);
  expect(structuredClone(fastest)).toEqual(fastest);
});

test('pins are held against the free optimum, which is never slower', async () => {
  const answer = await planned(`${text}layout: {tensor: 2, recompute: full}\n`);
  const [best] = answer.rows;
  expect(best?.layout).toMatchObject({tensor: 2, recompute: 'full'});
  expect(answer.free?.step.p50).toBeLessThanOrEqual(best?.step.p50 ?? 0);
});

test.each(['energy', 'memory'] as const)(
  'the layout with least %s stands first where the goal is that',
  async minimize => {
    const goal = {...read.plan.goal, minimize};
    const plan = {...read.plan, goal};
    const space = {variants: [{choices: {}, plan}], infeasible: []};
    const {rows} = await lastOf(planAnswers({...read, plan, space}));
    const figure = ({run, estimate: {memory}}: Row) =>
      minimize === 'energy' ? run.energyJoules : memory.neededBytes;
    const [first, ...others] = [...rows, ...fastest.rows].map(figure);
    expect(first).toBeLessThanOrEqual(Math.min(...others));
    if (minimize === 'memory') expect(rows[0]?.layout).not.toEqual(fastest.rows[0]?.layout);
  },
);

test('a wrong plan is answered with its problems', async () => {
  const [reply] = await answered({kind: 'plan', path: 'p.yaml', text: text.replace('1e9', '10 parsecs')});
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
    const [reply] = await answered({kind: 'trial', path: 'p.yaml', text, factors});
    return reply?.kind === 'trial' ? reply.row : null;
  };
  const [as, more] = [await trial({}), await trial({memory: 2})];
  expect(as?.layout).toEqual(fastest.rows[0]?.layout);
  expect(more?.step.p50).toBeLessThanOrEqual(as?.step.p50 ?? 0);
});
