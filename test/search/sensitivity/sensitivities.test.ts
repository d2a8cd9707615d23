import {beforeAll, expect, test} from 'vitest';
import type {Plan} from '../../../src/plan/plan.js';
import {fasterWays} from '../../../src/search/sensitivity/faster-ways.js';
import {fasterShare, replan} from '../../../src/search/sensitivity/replan.js';
import {countSensitivities, sensitivities, swing} from '../../../src/search/sensitivity/sensitivities.js';
import {sensitivityParameters} from '../../../src/search/sensitivity/sensitivity-parameters.js';
import {readSpace} from '../variants/problems.js';

let plan: Plan;

beforeAll(async () => {
  const {variants} = await readSpace(`walltime: 1
model: megatron-3.6b
cluster: {hardware: h100-sxm, nodes: 2}
training: {tokens: 1e9, sequence_length: 2048, global_batch: 64, precision: bf16}
layout: {context: 1, expert: 1, pipeline: 1, sharding_group: all, offload: none, schedule: 1f1b, virtual_stages: 1}
search: {tensor: [1, 2, 4], micro_batch: [1, 2]}
reliability: none
`);
  plan = variants[0]!.plan;
});

test('each figure is worth what planning the changed plan by itself gives', () => {
  const all = [...sensitivities(plan)];
  expect(all).toHaveLength(countSensitivities(plan));
  const before = replan(plan, 'p50', null)!;
  for (const [i, parameter] of sensitivityParameters(plan).entries()) {
    const found = all[i]!;
    expect(found.name).toBe(parameter.name);
    const factors = found.changes.map(({word}) => (word === 'x 2' ? 2 : 1 / 2));
    for (const [j, factor] of factors.entries()) {
      const changed = parameter.scale(plan, factor);
      const after = changed === null ? null : replan(changed, 'p50', null);
      const faster = after === null ? null : fasterShare(before, after, 'time');
      expect(found.changes[j]!.faster, `${parameter.name} ${factor}`).toBe(faster);
    }
  }
});

test('better hardware never makes the plan slower, worse hardware never faster', () => {
  for (const {name, kind, changes} of sensitivities(plan)) {
    if (kind !== 'hardware') continue;
    const better = name.endsWith('latency') || name.endsWith('time') ? '/ 2' : 'x 2';
    for (const {word, faster} of changes) {
      const gain = (faster ?? -1) * (word === better ? 1 : -1);
      expect(gain, `${name} ${word}`).toBeGreaterThanOrEqual(-1e-12);
    }
  }
});

test('pins can be opened, and other precisions of the device taken', () => {
  const settings = [...sensitivities(plan)].filter(({kind}) => kind === 'setting');
  const names = settings.map(({name, changes}) => `${name}: ${changes.map(({word}) => word).join(', ')}`);
  expect(names).toContain('devices: / 2, x 2');
  expect(names).toContain('precision: fp8');
  expect(names).toContain('layout pipeline: open');
  expect(Math.max(...settings.map(swing))).toBeGreaterThan(0.1);
});

test('a way that reaches does, and a slightly smaller change does not', () => {
  const ways = [...fasterWays(plan, 0.2)];
  const before = replan(plan, 'p50', null)!;
  const enough = ways.filter(({reaches}) => reaches);
  expect(enough.map(({name}) => name)).toContain('peak');
  for (const {name, kind, factor, faster} of enough) {
    expect(faster).toBeGreaterThanOrEqual(0.2);
    if (factor === null || kind === 'setting') continue;
    const parameter = sensitivityParameters(plan).find(one => one.name === name)!;
    const gainAt = (at: number) =>
      fasterShare(before, replan(parameter.scale(plan, at)!, 'p50', null)!, 'time');
    expect(gainAt(factor)).toBe(faster);
    expect(gainAt(factor ** 0.9)).toBeLessThan(0.2);
  }
  for (const {reaches, faster} of ways) expect(reaches).toBe(faster >= 0.2);
});

test('a plan of which nothing fits has no sensitivities', () => {
  const {cluster} = plan;
  const accelerator = {...cluster.accelerator, memory: (2 ** 30) as typeof cluster.accelerator.memory};
  const small = {...plan, cluster: {...cluster, accelerator}};
  expect([...sensitivities(small)]).toEqual([]);
  expect([...fasterWays(small, 0.2)]).toEqual([]);
});
