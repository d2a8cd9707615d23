import {expect, test} from 'vitest';
import {completeLayout} from '../../src/frameworks/complete-layout.js';
import {estimateStep} from '../../src/pipeline/estimate.js';
import {formatProblem} from '../../src/plan-file/problem.js';
import {readPlanText} from '../../src/plan-file/read-plan.js';
import {estimateRun} from '../../src/run/run.js';

const base = (diloco: string, nodes = 8, batch = 512) => `walltime: 1
name: two sites
model: llama-3-8b
cluster: {hardware: two-sites-h100, nodes: ${nodes}, price: $2/hour}
training: {tokens: 100e9, sequence_length: 8192, global_batch: ${batch}}
layout: {tensor: 1, pipeline: 1, micro_batch: 1, sharding: optimizer, recompute: full}
reliability: none
${diloco}
`;

async function read(text: string) {
  const plan = await readPlanText('plan.yaml', text);
  if ('problems' in plan) throw new Error(plan.problems.map(formatProblem).join('\n'));
  return plan.plan;
}

async function simulate(diloco: string) {
  const plan = await read(base(diloco));
  const layout = completeLayout(plan);
  const estimate = layout && estimateStep({...plan, layout});
  if (layout === null || estimate === null) throw new Error('the plan states its layout');
  return {plan, layout, estimate, run: estimateRun(plan, estimate)};
}

const link = 'link: {bandwidth: 10 Gbit/s, latency: 50 ms}';

test('replicas share devices, batch and tokens; the run counts all of them', async () => {
  const one = await simulate('');
  const two = await simulate(`diloco: {replicas: 2, inner_steps: 50, ${link}}`);
  expect(two.plan.cluster.numDevices).toBe(32);
  expect(two.layout.data).toBe(32);
  expect(two.plan.training.globalBatch).toBe(256);
  expect(two.run.steps).toBe(one.run.steps);
  expect((two.run.deviceHours * 3600) / two.run.seconds.p50).toBeCloseTo(64, 6);
});

test('the outer state takes eight bytes a parameter, sharded as the optimizer; of a fragment where it streams', async () => {
  const peak = async (diloco: string) => (await simulate(diloco)).estimate.memory.peakBytes;
  const whole = await peak(`diloco: {replicas: 2, inner_steps: 50, ${link}}`);
  const streamed = await peak(`diloco: {replicas: 2, inner_steps: 50, fragments: 8, ${link}}`);
  const parameters = 8.03e9;
  expect((whole - streamed) / ((8 * parameters * 7) / 8 / 32)).toBeCloseTo(1, 2);
});

test('a slow link costs the run what the outer level says, and streaming with few bits takes most of it away', async () => {
  const plain = await simulate(`diloco: {replicas: 2, inner_steps: 20, ${link}}`);
  const streamed = await simulate(
    `diloco: {replicas: 2, inner_steps: 20, fragments: 10, overlap_steps: 4, outer_bits: 4, ${link}}`,
  );
  const {outer, parts} = plain.run;
  if (outer === null) throw new Error('the plan has an outer level');
  expect(outer.trafficBytes / (4 * 8.03e9)).toBeCloseTo(1, 2);
  expect(outer.reductionSeconds).toBeCloseTo(outer.trafficBytes / 1.25e9 + 0.1, 6);
  expect(parts.outer / (parts.outer + parts.steps)).toBeCloseTo(1 - outer.computeUtilization, 9);
  expect(plain.run.goodput).toBeLessThan(streamed.run.goodput);
  expect(streamed.run.outer?.computeUtilization).toBeGreaterThan(0.99);
});

test('without a link of its own the outermost level of the cluster joins the replicas', async () => {
  const {run} = await simulate('diloco: {replicas: 2, inner_steps: 50}');
  expect(run.outer?.link.bandwidth).toBeGreaterThan(0);
});

test('one replica reduces nothing and keeps its outer state', async () => {
  const none = await simulate('');
  const one = await simulate('diloco: {replicas: 1, inner_steps: 50}');
  expect(one.run.outer?.trafficBytes).toBe(0);
  expect(one.run.parts.outer).toBeCloseTo(0, 6);
  expect(one.estimate.memory.peakBytes).toBeGreaterThan(none.estimate.memory.peakBytes);
});

test.each([
  [
    'replicas: 3, inner_steps: 10',
    'diloco.replicas: 3 replicas do not divide the global batch of 512 sequences',
  ],
  [
    'replicas: 128, inner_steps: 10',
    'diloco.replicas: 128 replicas do not divide the 64 devices of the cluster',
  ],
  [
    'replicas: 2, inner_steps: 10, fragments: 20',
    'diloco.fragments: 20 fragments take turns in 10 inner steps',
  ],
  [
    'replicas: 2, inner_steps: 10, overlap_steps: 10',
    'diloco.overlap_steps: 10 steps of overlap reach the next',
  ],
])('{%s} is told as a problem of the plan', async (diloco, message) => {
  const plan = await readPlanText('plan.yaml', base(`diloco: {${diloco}}`));
  const problems = 'problems' in plan ? plan.problems.map(formatProblem) : [];
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(message);
});
