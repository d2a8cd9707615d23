import fc from 'fast-check';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {stackFacts} from '../../src/calibration/fit/stack-facts.js';
import {precisions} from '../../src/cluster/accelerator.js';
import {mergeFacts, readFacts, wholeFacts, writeFacts} from '../../src/frameworks/stated-facts.js';
import {readHardware} from '../../src/plan-file/library/library.js';
import {check} from '../../src/plan-file/schema/check.js';
import {stackSchema} from '../../src/plan-file/schema/stack-schema.js';

const read = await readHardware('h100-sxm');
if ('problems' in read) throw new Error('no h100-sxm');
const stacks = Object.values(read.profile.software).map(({stack}) => stack);

test('what is written of a stack is read back as the same facts', async () => {
  for (const stack of stacks) {
    const written = writeFacts(stack);
    const checked = await check(stackSchema, written);
    if ('findings' in checked) throw new Error(JSON.stringify(checked.findings));
    const {facts} = checked.value;
    expect(wholeFacts(facts), stack.name).toHaveProperty('facts');
    expect(writeFacts(facts), stack.name).toEqual(written);
    expect(facts.memory?.weightBytes).toBe(stack.memory.weightBytes);
    expect(facts.kernelLaunch).toBeCloseTo(stack.kernelLaunch, 8);
    expect(facts.measuredRange ?? null).toEqual(stack.measuredRange);
  }
});

test('facts have their keys in snake case, bits in place of bytes, and quantities in base units', () => {
  const yaml = parse(`
gemm_scale: 0.9
kernel_launch: 5e-6
fused: {cross_entropy: true}
expert_dispatch_bits: 8
memory: {narrow_bits: {product_input: 8}, logit_bits: 48}
measured_range: {devices: [8, 64], micro_batch: 2}
`);
  const one = [1, 1];
  expect(readFacts(yaml)).toEqual({
    gemmScale: {default: 0.9},
    kernelLaunch: 5e-6,
    fused: {crossEntropy: true},
    expertDispatchBytes: 1,
    memory: {narrowBytes: {productInput: 1}, logitBytes: 6},
    measuredRange: {
      devices: [8, 64],
      parameters: one,
      sequenceLength: one,
      microBatch: [1, 2],
      tensor: one,
      pipeline: one,
      context: one,
      expert: one,
    },
  });
});

test('a group is laid over another fact by fact, a range as a whole', () => {
  const [stack] = stacks;
  if (stack === undefined) throw new Error('no stack');
  const over = readFacts({
    overlap: {tensor: 0.25},
    measured_range: {devices: [8, 8]},
    supports: {schedules: []},
  });
  const merged = mergeFacts(stack, over);
  expect(merged.overlap).toEqual({...stack.overlap, tensor: 0.25});
  expect(merged.supports).toEqual({...stack.supports, schedules: []});
  expect(merged.measuredRange?.tensor).toEqual([1, 1]);
});

test('facts that nothing states are named by their keys, those of one precision may be absent', () => {
  const {gemmScale, memory, ...facts} = stacks[0] ?? {};
  const {narrowBytes, ...others} = memory ?? {};
  expect(wholeFacts({...facts, gemmScale: {fp8: 1}, memory: others} as never)).toEqual({
    missing: [
      'gemm_scale.default',
      'memory.narrow_bits.product_input',
      'memory.narrow_bits.attention_output',
      'memory.narrow_bits.activation_input',
    ],
  });
  expect(narrowBytes).toBeDefined();
  expect(gemmScale).toBeDefined();
});

test('a fitted fact reads what it wrote, at its own key, and moves no other', () => {
  const facts = stackFacts(new Set(precisions));
  expect(facts.map(({key}) => key)).toEqual([
    'gemm_scale.default',
    'gemm_scale.fp8',
    'gemm_scale.mxfp8',
    'gemm_scale.nvfp4',
    'attention_scale',
    'memory_scale',
    'expert_scale',
    'link_scale.node',
    'link_scale.fabric',
    'kernel_launch',
    'collective_launch',
    'message_launch',
    'ring_step',
    'step_overhead',
    'overlap.gradient_reduction',
    'overlap.parameter_gather',
    'overlap.tensor',
    'overlap.pipeline',
    'overlap.expert',
    'overlap.context',
    'overlap.compute_slowdown',
  ]);
  fc.assert(
    fc.property(fc.constantFrom(...facts), fc.double({min: 0, max: 1, noNaN: true}), (fact, at) => {
      const [stack] = stacks;
      if (stack === undefined) throw new Error('no stack');
      const value = fact.low + at * (fact.high - fact.low);
      const changed = fact.write(stack, value);
      expect(fact.read(changed)).toBe(value);
      expect(fact.write(changed, fact.read(stack)).overlap).toEqual(stack.overlap);
      for (const other of facts) {
        const standsIn = other.key.startsWith('gemm_scale.') && fact.key === 'gemm_scale.default';
        if (other !== fact && !standsIn) expect(other.read(changed), other.key).toBe(other.read(stack));
      }
    }),
  );
});
