import {expect, test} from 'vitest';
import {matchHardware} from '../../src/calibration/match-hardware.js';
import {matchSoftware} from '../../src/calibration/match-software.js';
import {flopPerSecond} from '../../src/units/quantities.js';

const profiles = [
  {name: 'eos', matches: ['H100-80GB-SXM'], matchesNetwork: ['Eos']},
  {name: 'h100-roce-400', matches: ['H100-80GB-SXM'], matchesNetwork: ['RoCE 400']},
  {name: 'h100-roce', matches: ['H100-80GB-SXM'], matchesNetwork: ['RoCE']},
  {name: 'h100', matches: ['H100-80GB-SXM'], matchesNetwork: []},
  {name: 'frontier', matches: ['MI250X-GCD'], matchesNetwork: []},
];

test.each([
  ['H100-80GB-SXM', '8x NDR IB 400Gb/s (Eos; recalled)', 'eos'],
  ['H100-80GB-SXM', 'RoCE 400Gb/s per GPU', 'h100-roce-400'],
  ['H100-80GB-SXM', '8x 200Gb/s RoCE (Tomahawk-4 Clos)', 'h100-roce'],
  ['H100-80GB-SXM', 'something else', 'h100'],
  ['h100-80gb-sxm', '', 'h100'],
  ['MI250X-GCD', '4x Slingshot-11 200Gb/s (Frontier)', 'frontier'],
])('%s on "%s" is %s', (hardware, network, expected) => {
  expect(matchHardware(profiles, hardware, network)?.name).toBe(expected);
});

test('an accelerator that no profile has matches nothing, nor does one whose networks are all others', () => {
  expect(matchHardware(profiles, 'TPUv9', '')).toBeNull();
  expect(matchHardware(profiles.slice(0, 1), 'H100-80GB-SXM', 'EFA')).toBeNull();
});

const ampere = {peak: {bf16: flopPerSecond(312e12)}};
const hopper = {peak: {bf16: flopPerSecond(989e12), fp8: flopPerSecond(1979e12)}};

const stacks = ['generic', 'megatron-lm', 'megatron-deepspeed', 'nanotron', 'megatron-core', 'fsdp'];

test.each([
  ['Megatron-LM', 'megatron-lm'],
  ['Megatron-DeepSpeed (BigScience)', 'megatron-deepspeed'],
  ['NeMo/Megatron-Core', 'megatron-core'],
  ['nanotron', 'nanotron'],
  ['vTrain layers', 'megatron-deepspeed'],
  ['llm-foundry/Composer FSDP (MPT)', 'fsdp'],
  ['Pathways/JAX', 'generic'],
  ['', 'generic'],
])('the framework "%s" runs as %s', (framework, expected) => {
  expect(matchSoftware(stacks, framework, ampere)).toBe(expected);
});

test('a machine that knows only the generic stack runs everything with it', () => {
  expect(matchSoftware(['generic'], 'Megatron-LM', ampere)).toBe('generic');
});

test('Megatron-LM where there are 8-bit formats is Megatron-Core inside', () => {
  expect(matchSoftware(stacks, 'Megatron-LM', hopper)).toBe('megatron-core');
});

test('Megatron-Bridge of mid 2026 runs whole iterations as graphs on Blackwell, and as before on Hopper', () => {
  const blackwell = {peak: {...hopper.peak, nvfp4: flopPerSecond(9000e12)}};
  const known = [...stacks, 'megatron-bridge-26.06'];
  expect(matchSoftware(known, 'Megatron-Bridge 26.08', blackwell)).toBe('megatron-bridge-26.06');
  expect(matchSoftware(known, 'Megatron-Bridge 26.04', blackwell)).toBe('megatron-core');
  expect(matchSoftware(known, 'Megatron-Bridge 26.08', hopper)).toBe('megatron-core');
});
