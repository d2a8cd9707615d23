import {expect, test} from 'vitest';
import {hardwareMatcher} from '../../src/calibration/match-hardware.js';
import {stackMeant} from '../../src/frameworks/registry.js';
import {listHardware, readHardware} from '../../src/plan-file/library/library.js';

const named = (name: string, accelerator: string, networks: string[]) => ({
  name,
  names: {machine: [], accelerator: [accelerator], networks, usual: networks.length === 0},
});
const profiles = [
  named('eos', 'H100-80GB-SXM', ['Eos']),
  named('h100-roce-400', 'H100-80GB-SXM', ['RoCE 400']),
  named('h100-roce', 'H100-80GB-SXM', ['RoCE']),
  named('h100', 'H100-80GB-SXM', []),
  named('frontier', 'MI250X-GCD', []),
];
const machineNamed = hardwareMatcher(profiles);

test.each([
  ['H100-80GB-SXM', '8x NDR IB 400Gb/s (Eos; recalled)', 'eos'],
  ['H100-80GB-SXM', 'RoCE 400Gb/s per GPU', 'h100-roce-400'],
  ['H100-80GB-SXM', '8x 200Gb/s RoCE (Tomahawk-4 Clos)', 'h100-roce'],
  ['H100-80GB-SXM', 'something else', 'h100'],
  ['h100-80gb-sxm', '', 'h100'],
  ['MI250X-GCD', '4x Slingshot-11 200Gb/s (Frontier)', 'frontier'],
])('%s on "%s" is %s', (hardware, network, expected) => {
  expect(machineNamed(hardware, network)?.profile.name).toBe(expected);
});

test('an accelerator that no profile has matches nothing, nor does one whose networks are all others', () => {
  expect(machineNamed('TPUv9', '')).toBeNull();
  expect(hardwareMatcher(profiles.slice(0, 1))('H100-80GB-SXM', 'EFA')).toBeNull();
});

const shippedProfiles = (await Promise.all(listHardware().map(name => readHardware(name)))).flatMap(read =>
  'profile' in read ? [read.profile] : [],
);
const shippedMachine = hardwareMatcher(shippedProfiles);

/** Stack that a framework's name in a table means on a machine that ships. */
function stackOn(machine: string, framework: string): string | null {
  const profile = shippedProfiles.find(({name}) => name === machine);
  return profile === undefined ? null : stackMeant(framework, profile.accelerator.peak);
}

test.each([
  ['Megatron-LM', 'megatron-lm-2021'],
  ['Megatron-DeepSpeed (BigScience)', 'megatron-deepspeed'],
  ['Megatron-DeepSpeed ZeRO-3', 'deepspeed'],
  ['NeMo/Megatron-Core', 'nemo'],
  ['AA-Scaling (Megatron-style 3D)', 'aleph'],
  ['nanotron', 'nanotron'],
  ['torchtitan', 'torchtitan'],
  ['MaxText (JAX)', 'maxtext'],
  ['vTrain layers', 'vtrain'],
  ['llm-foundry/Composer FSDP (MPT)', 'llm-foundry'],
  ['Pathways/JAX', 'maxtext'],
  ['PaxML (JAX)', 'maxtext'],
  ['XTuner (DeepSpeed + HF transformers)', 'deepspeed'],
  ['HAI-LLM', 'hai-llm'],
  ['my trainer', null],
  ['', null],
])('the framework "%s" runs as %s', (framework, expected) => {
  expect(stackOn('a100-80gb', framework)).toBe(expected);
});

test('Megatron-LM where there are 8-bit formats is Megatron-Core inside', () => {
  expect(stackOn('h100-sxm', 'Megatron-LM')).toBe('megatron-core');
});

test('Megatron-Bridge of mid 2026 runs whole iterations as graphs on Blackwell, and as before on Hopper', () => {
  expect(stackOn('b200', 'Megatron-Bridge 26.08')).toBe('megatron-bridge-performance');
  expect(stackOn('b200', 'Megatron-Bridge 26.04')).toBe('megatron-bridge');
  expect(stackOn('h100-sxm', 'Megatron-Bridge 26.08')).toBe('megatron-bridge');
});

test.each([
  ['A100 80GB', 'a100-80gb'],
  ['NVIDIA A100-SXM4-80GB', 'a100-80gb'],
  ['NVIDIA A100-SXM4-40GB', 'a100-40gb'],
  ['A100 PCIe 80GB', 'a100-80gb-pcie'],
  ['A100', 'a100-80gb'],
  ['H100 SXM5', 'h100-sxm'],
  ['NVIDIA H100 80GB HBM3', 'h100-sxm'],
  ['8x H100', 'h100-sxm'],
  ['NVIDIA H200', 'h200'],
  ['H200 SXM 141GB', 'h200'],
  ['NVIDIA B200', 'b200'],
  ['GB200', 'gb200-nvl72'],
  ['GH200', 'gh200'],
  ['NVIDIA L40S', 'l40s'],
  ['GeForce RTX 4090', 'rtx-4090'],
  ['A800-80GB', 'a800'],
  ['NVIDIA H800 SXM5', 'h800'],
  ['V100-32GB', 'v100-32gb-jean-zay'],
  ['Tesla V100-SXM2-16GB', 'v100-16gb-jean-zay'],
  ['H100 PCIe', 'h100-pcie'],
  ['NVIDIA H20', 'h20'],
  ['Intel Gaudi2', 'gaudi-2'],
  ['Habana Gaudi 3', 'gaudi-3'],
  ['AMD Instinct MI300X', 'mi300x'],
  ['MI300X OAM 192GB', 'mi300x'],
  ['MI250X', 'frontier-mi250x'],
  ['TPU v5p', 'tpu-v5p'],
  ['Google TPU v4', 'tpu-v4'],
  ['TPU v6e (Trillium)', 'tpu-v6e'],
  ['Ironwood', 'tpu-v7'],
  ['Ascend 910B', 'ascend-910b'],
  ['Intel Data Center GPU Max 1550', 'aurora-gpu-max-1550'],
])('a table that says "%s" means %s', (hardware, expected) => {
  expect(shippedMachine(hardware, '')?.profile.name).toBe(expected);
});

test('a name that is read for what it says is told as an assumption, and one that says too little means nothing', () => {
  expect(shippedMachine('NVIDIA H200', '')?.assumption).toBe('hardware NVIDIA H200: taken as h200');
  expect(shippedMachine('H200-141GB-SXM', '')?.assumption).toBeNull();
  expect(shippedMachine('A100 120GB', '')).toBeNull();
  expect(shippedMachine('GPU', '')).toBeNull();
});
