import {expect, test} from 'vitest';
import {rightPlan, temporaryFile, walltime} from './run-cli.js';

const layout = 'layout: {tensor: 1, pipeline: 1, micro_batch: 1, sharding: parameters, recompute: full}\n';

test('plans as they stand, side by side; one that does not fit says so in its column', () => {
  const good = temporaryFile('good.yaml', `name: good\n${rightPlan}${layout}`);
  const full = temporaryFile('full.yaml', `name: full\n${rightPlan}${layout.replace('parameters', 'none')}`);
  const {stdout, status} = walltime(['compare', full, good]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ +full +good$/m);
  expect(stdout).toMatch(/^ +does not fit +fits$/m);
  expect(stdout).toMatch(/^! full: does not fit: stage 1 needs/m);
  expect(walltime(['compare', full]).status).toBe(1);
});

test('one plan on several machines is planned anew on each, on as many devices', () => {
  const file = temporaryFile('plan.yaml', `${rightPlan}${layout}goal: {minimize: time}\n`);
  const args = ['compare', file, '--hardware', 'h100-sxm,a100-80gb,v100-16gb-jean-zay', '--sort', 'time'];
  const {plans} = JSON.parse(walltime([...args, '--json']).stdout);
  const labels = plans.map(({label}: {label: string}) => label);
  expect(labels).toEqual(['h100-sxm', 'a100-80gb', 'v100-16gb-jean-zay']);
  const [h100, a100, v100] = plans;
  expect(h100.simulation.plan.devices).toBe(8);
  expect(a100.simulation.plan).toMatchObject({devices: 8, hardware: 'a100-80gb'});
  // The pinned layout recomputes everything; the best one need not.
  const stated = JSON.parse(walltime(['simulate', file, '--json']).stdout);
  expect(h100.simulation.step.seconds.p50).toBeLessThan(stated.step.seconds.p50);
  expect(v100).toMatchObject({
    fits: false,
    simulation: null,
    reasons: [expect.stringMatching(/has no bf16/)],
  });
});

test('the same machine without a layout gives what plan finds', () => {
  const file = temporaryFile('plan.yaml', rightPlan);
  const {plans} = JSON.parse(walltime(['compare', file, '--hardware', 'h100-sxm', '--json']).stdout);
  const {best} = JSON.parse(walltime(['plan', file, '--json']).stdout);
  expect(plans[0].simulation.step).toEqual(best.step);
});

test('all wrong files and unknown machines are told at once, exit 2', () => {
  const wrong = temporaryFile('wrong.yaml', 'walltime: 2\n');
  const both = walltime(['compare', wrong, 'nowhere.yaml']);
  expect(both.status).toBe(2);
  expect(both.stderr).toMatch(/wrong\.yaml:1:/);
  expect(both.stderr).toMatch(/nowhere\.yaml:1:1 {2}no such file/);
  const file = temporaryFile('plan.yaml', rightPlan);
  const unknown = walltime(['compare', file, '--hardware', 'h100-smx,nothing']);
  expect(unknown.status).toBe(2);
  expect(unknown.stderr).toMatch(/unknown hardware "h100-smx"/);
  expect(unknown.stderr).toMatch(/unknown hardware "nothing"/);
  expect(walltime(['compare', file, '--hardware', ',']).stderr).toMatch(/--hardware.*names no machine/);
  expect(walltime(['compare', file, '--sort', 'colour']).stderr).toMatch(/Allowed choices are time/);
});
