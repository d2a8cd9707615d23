import {expect, test} from 'vitest';
import {completeLayout} from '../../src/frameworks/complete-layout.js';
import {estimateStep, type StepEstimate} from '../../src/pipeline/estimate.js';
import type {Plan} from '../../src/plan/plan.js';
import {readPlanText} from '../../src/plan-file/read-plan.js';
import {estimateRun} from '../../src/run/run.js';

const hour = 3600;

interface Subject {
  readonly plan: Plan;
  readonly estimate: StepEstimate;
}

/** A 22B model on one node of eight A100, with what `further` says of its run. */
async function subject(further: string, training = ''): Promise<Subject> {
  const read = await readPlanText(
    'plan.yaml',
    `walltime: 1
name: run
model: megatron-22b
cluster: {hardware: selene-a100-80gb, nodes: 1, software: megatron-lm-2021, price: $2/hour}
training: {tokens: 1e9, sequence_length: 2048, global_batch: 4, precision: fp16${training}}
layout: {tensor: 8, pipeline: 1, micro_batch: 4, recompute: full}
${further}
`,
  );
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  const {plan} = read;
  const layout = completeLayout(plan);
  if (layout === null) throw new Error('the plan states its degrees');
  const estimate = estimateStep({...plan, layout});
  return {plan, estimate};
}

async function run(further: string, training?: string) {
  const {plan, estimate} = await subject(further, training);
  return {run: estimateRun(plan, estimate), estimate, plan};
}

test('a run without failures is its steps: wall-clock, device-hours and cost follow from one step', async () => {
  const {run: whole, estimate} = await run('reliability: none');
  expect(whole.steps).toBe(Math.ceil(1e9 / (4 * 2048)));
  expect(whole.stepsOnly.p50).toBeCloseTo(whole.steps * estimate.seconds, 6);
  expect(whole.failures).toBe(0);
  // The last checkpoint is written.
  const expected = whole.stepsOnly.p50 + whole.checkpoint.pauseSeconds;
  expect(whole.expectedSeconds).toBeCloseTo(expected, 6);
  expect(whole.seconds.p50 / expected).toBeCloseTo(1, 4);
  expect(whole.seconds.p10 / whole.stepsOnly.p10).toBeCloseTo(1, 2);
  expect(whole.seconds.p90 / whole.stepsOnly.p90).toBeCloseTo(1, 2);
  expect(whole.deviceHours).toBeCloseTo((8 * whole.seconds.p50) / hour, 6);
  expect(whole.costUsd).toBeCloseTo(2 * whole.deviceHours, 4);
});

test('a plan that says nothing of failures has those of published fleets, and its steps stay readable', async () => {
  const {run: none} = await run('reliability: none');
  const {run: usual, plan} = await run('');
  expect(plan.operation.failures?.source).toMatch(/published fleets/);
  expect(usual.failures).toBeGreaterThan(0);
  expect(usual.stepsOnly).toEqual(none.stepsOnly);
  expect(usual.goodput).toBeLessThan(none.goodput);
});

test('the parts of a run add up to its expected wall-clock', async () => {
  const {run: whole} = await run(`reliability: {mtbf_per_device: 400 hours, spare_nodes: 0, repair: 6 hours}
operation:
  warm_up: 20 min
  evaluation: {every_steps: 100, time: 1 min}
  stragglers: {jitter: 0.01, slow_nodes: 0.1, slowdown: 0.2}`);
  const parts = Object.values(whole.parts);
  const {outer, otherLayout, ...others} = whole.parts;
  expect([outer, otherLayout]).toEqual([0, 0]);
  expect(Object.values(others).every(part => part > 0)).toBe(true);
  expect(parts.reduce((sum, part) => sum + part, 0) / whole.expectedSeconds).toBeCloseTo(1, 9);
  expect(whole.goodput).toBeCloseTo(whole.parts.steps / whole.expectedSeconds, 12);
});

test('the draws agree with the closed form, and more draws agree with fewer', async () => {
  const {plan, estimate} = await subject('reliability: {mtbf_per_device: 400 hours}');
  const many = estimateRun(plan, estimate, {runs: 4000});
  const few = estimateRun(plan, estimate, {runs: 500, seed: 2});
  expect(few.seconds.p90 / many.seconds.p90).toBeCloseTo(1, 1);
  const closed = estimateRun(plan, estimate, {runs: 0});
  expect(many.seconds.p50 / closed.seconds.p50).toBeCloseTo(1, 1);
  expect(estimateRun(plan, estimate, {seed: 3})).toEqual(estimateRun(plan, estimate, {seed: 3}));
});

test('an unsure failure rate widens the band', async () => {
  const {plan, estimate} = await subject('reliability: {mtbf_per_device: 50 hours, calendar: clean}');
  const {failures} = plan.operation;
  if (failures === null) throw new Error('the plan states failures');
  const sure = estimateRun(plan, estimate).goodputBand;
  const operation = {...plan.operation, failures: {...failures, logSpread: 0.5}};
  const unsure = estimateRun({...plan, operation}, estimate).goodputBand;
  expect(unsure.p90 - unsure.p10).toBeGreaterThan(1.2 * (sure.p90 - sure.p10));
});

test('a smaller batch at the start costs steps, and each takes less time', async () => {
  const {run: steady, estimate} = await run('reliability: none');
  const {run: ramped} = await run('reliability: none', ', batch_ramp: [{until: 1e8, global_batch: 2}]');
  const early = Math.ceil(1e8 / (2 * 2048));
  expect(ramped.steps).toBe(early + Math.ceil((1e9 - early * 2 * 2048) / (4 * 2048)));
  expect(ramped.stepsOnly.p50).toBeGreaterThan(steady.stepsOnly.p50);
  expect(ramped.stepsOnly.p50).toBeLessThan(steady.stepsOnly.p50 + early * estimate.seconds);
});

test('an asynchronous checkpoint stops training for less, and is taken more often', async () => {
  const {run: blocking} = await run('');
  const {run: beside} = await run('operation: {checkpoint: {mode: asynchronous}}');
  expect(beside.checkpoint.bytes).toBe(blocking.checkpoint.bytes);
  expect(beside.checkpoint.pauseSeconds).toBeLessThan(blocking.checkpoint.pauseSeconds);
  expect(beside.checkpointInterval).toBeLessThan(blocking.checkpointInterval);
  expect(beside.goodput).toBeGreaterThan(blocking.goodput);
});

test('a job that fails faster than it gets on never ends', async () => {
  const {run: whole} = await run(
    'reliability: {mtbf_per_device: 1 hour, restart: 1 hour, checkpoint: 1 hour}',
  );
  expect(whole.seconds.p50).toBe(Infinity);
});

test('spot devices cost less an hour and interrupt the run', async () => {
  const {run: demand} = await run('');
  const {run: spot} = await run('operation: {spot: {price: $1/hour, interruption: 100 hours}}');
  expect(spot.failures).toBeGreaterThan(demand.failures);
  expect(spot.deviceHours).toBeGreaterThan(demand.deviceHours);
  expect(spot.costUsd).toBeCloseTo(spot.deviceHours, 4);
});

test('energy lies between idle and rated power; PUE, host, grid and price multiply it', async () => {
  const {run: plain, plan} = await run('reliability: none\noperation: {pue: 1, host_power: 0 W}');
  const {power, idlePower} = plan.cluster.accelerator;
  const average = plain.energyJoules / (plain.deviceHours * hour);
  expect(average).toBeLessThan(power);
  expect(average).toBeGreaterThan((power + idlePower) / 2);
  expect([plain.carbonKg, plain.energyCostUsd]).toEqual([null, null]);
  const {run: sited} = await run(
    'reliability: none\noperation: {pue: 1.5, host_power: 100 W, grid_carbon: 360 g/kWh, energy_price: 0.1 USD/kWh}',
  );
  const kilowattHours = (1.5 * (average + 100) * plain.deviceHours) / 1000;
  expect(sited.energyJoules / 3.6e6).toBeCloseTo(kilowattHours, 6);
  expect(sited.carbonKg).toBeCloseTo(0.36 * kilowattHours, 6);
  expect(sited.energyCostUsd).toBeCloseTo(0.1 * kilowattHours, 6);
});

test('spare nodes are paid for, and their devices idle', async () => {
  const bare = 'operation: {host_power: 0 W}';
  const {run: none} = await run(`reliability: {mtbf_per_device: 1000 years, calendar: clean}\n${bare}`);
  const {run: spares} = await run(
    `reliability: {mtbf_per_device: 1000 years, spare_nodes: 1, calendar: clean}\n${bare}`,
  );
  expect(spares.deviceHours / none.deviceHours).toBeCloseTo(2, 3);
  expect(spares.energyJoules / none.energyJoules).toBeLessThan(1.5);
});
