import {describe, expect, test} from 'vitest';
import {serialLayout} from '../../src/layout/fields.js';
import type {Layout} from '../../src/layout/layout.js';
import {estimateStep, type StepEstimate} from '../../src/pipeline/estimate.js';
import type {Training} from '../../src/plan/training.js';
import {readModel} from '../../src/plan-file/library/library.js';
import {simulatePlan} from '../report/published-plan.js';
import {clusterOf} from './predict.js';

/** A run that a paper describes, and so one that fitted its devices. */
interface Run {
  readonly name: string;
  readonly source: string;
  readonly model: string;
  readonly hardware: string;
  readonly stack: string;
  readonly devices: number;
  readonly training: Pick<Training, 'sequenceLength' | 'globalBatch' | 'precision'> & Partial<Training>;
  readonly layout: Partial<Layout>;
  /** Published; null: not stated. */
  readonly stepSeconds: number | null;
}

const runs: readonly Run[] = [
  {
    name: 'MT-NLG 530B on 2,240 A100',
    source: 'Smith et al. 2022, arXiv 2201.11990 sec. 2.4: 60.1 s a step',
    model: 'megatron-530b',
    hardware: 'selene-a100-80gb',
    stack: 'megatron-deepspeed',
    devices: 2240,
    training: {sequenceLength: 2048, globalBatch: 1920, precision: 'bf16'},
    layout: {tensor: 8, pipeline: 35, sharding: 'none', recompute: 'full'},
    stepSeconds: 60.1,
  },
  {
    name: 'GPT-3 175B on 1,024 A100',
    source: 'Narayanan et al. 2021, arXiv 2104.04473 sec. 5.2: 51 % of peak with recomputation',
    model: 'gpt3-175b',
    hardware: 'selene-a100-80gb',
    stack: 'megatron-lm-2021',
    devices: 1024,
    training: {sequenceLength: 2048, globalBatch: 1536, precision: 'fp16'},
    layout: {
      tensor: 8,
      pipeline: 16,
      sharding: 'none',
      recompute: 'full',
      schedule: 'interleaved',
      virtualStages: 2,
    },
    stepSeconds: null,
  },
  {
    name: 'Llama 3 405B with 131,072 tokens',
    source: 'Llama 3, arXiv 2407.21783 Table 4: 38 % MFU on 16,384 H100, context 16',
    model: 'llama-3-405b',
    hardware: 'h100-llama3-roce',
    stack: 'generic',
    devices: 16384,
    training: {sequenceLength: 131072, globalBatch: 128, precision: 'bf16'},
    layout: {
      tensor: 8,
      pipeline: 16,
      context: 16,
      sequenceParallel: true,
      sharding: 'gradients',
      schedule: 'interleaved',
      virtualStages: 8,
      rankOrder: ['tensor', 'context', 'pipeline', 'expert', 'data'],
    },
    stepSeconds: null,
  },
  {
    name: 'Nemotron-4 340B on 1,536 H100',
    source: 'NVIDIA 2024, arXiv 2406.11704 Table 2: 10.3 s a step, recalled',
    model: 'nemotron-4-340b',
    hardware: 'eos-h100',
    stack: 'megatron-core',
    devices: 1536,
    training: {sequenceLength: 4096, globalBatch: 768, precision: 'bf16'},
    layout: {
      tensor: 8,
      pipeline: 12,
      sequenceParallel: true,
      schedule: 'interleaved',
      virtualStages: 8,
      recompute: 'selective',
    },
    stepSeconds: 10.3,
  },
  {
    name: 'MegaScale 175B on 12,288 A100',
    source: 'Jiang et al. 2024, arXiv 2402.15627 Table 2: 6.34 s a step, recalled',
    model: 'megascale-175b',
    hardware: 'a100-80gb-roce',
    stack: 'megatron-core',
    devices: 12288,
    training: {sequenceLength: 2048, globalBatch: 6144, precision: 'bf16'},
    layout: {
      tensor: 8,
      pipeline: 8,
      sequenceParallel: true,
      schedule: 'interleaved',
      virtualStages: 6,
      recompute: 'selective',
      // Section 3.2: reductions and gathers of data-parallel ranks overlap.
      overlapGradients: true,
      overlapParameters: true,
    },
    stepSeconds: 6.34,
  },
  {
    name: 'PaLM 540B on 6,144 TPU v4',
    source: 'Chowdhery et al. 2022, arXiv 2204.02311 sec. 4 and 5: 238,300 tokens/s, 46.2 % MFU',
    model: 'palm-540b',
    hardware: 'tpu-v4',
    stack: 'maxtext',
    devices: 6144,
    training: {sequenceLength: 2048, globalBatch: 2048, precision: 'bf16', optimizer: 'adafactor'},
    layout: {
      tensor: 12,
      sequenceParallel: true,
      sharding: 'parameters',
      shardingGroup: 256,
      microBatch: 4,
      recompute: 'full',
    },
    stepSeconds: 17.6,
  },
  {
    name: 'GPT-NeoX 20B on 96 A100 of 40 GB',
    source: 'Black et al. 2022, arXiv 2204.06745 sec. 3.2: 117 TFLOP/s a device, recalled',
    model: 'gpt-neox-20b',
    hardware: 'a100-40gb',
    stack: 'megatron-deepspeed',
    devices: 96,
    training: {sequenceLength: 2048, globalBatch: 1536, precision: 'fp16'},
    layout: {tensor: 2, pipeline: 4, microBatch: 4, recompute: 'full'},
    stepSeconds: null,
  },
  {
    name: 'Falcon 180B on 4,096 A100 of 40 GB',
    source:
      'Almazrouei et al. 2023, arXiv 2311.16867 sec. 4: tensor 8, pipeline 8, data 64, ZeRO-1, recalled',
    model: 'falcon-180b',
    hardware: 'a100-40gb-aws-p4d',
    stack: 'megatron-core',
    devices: 4096,
    training: {sequenceLength: 2048, globalBatch: 2048, precision: 'bf16'},
    layout: {tensor: 8, pipeline: 8, sequenceParallel: true, recompute: 'full'},
    stepSeconds: null,
  },
];

async function estimate(run: Run): Promise<StepEstimate> {
  const read = await readModel(run.model);
  if ('problems' in read) throw new Error(`no model ${run.model}`);
  const cluster = await clusterOf(run.hardware, run.devices, run.stack);
  const {tensor = 1, pipeline = 1, context = 1} = run.layout;
  const layout: Layout = {
    ...serialLayout,
    tensor,
    pipeline,
    data: run.devices / (tensor * pipeline * context),
    context,
    expert: 1,
    expertTensor: 1,
    sequenceParallel: false,
    sharding: 'optimizer',
    shardingGroup: 'all',
    microBatch: 1,
    schedule: '1f1b',
    virtualStages: 1,
    recompute: 'none',
    offload: 'none',
    ...run.layout,
  };
  const training: Training = {
    tokens: 1e12,
    optimizer: 'adam',
    attentionKernel: null,
    gradientBytes: null,
    expertImbalance: 1,
    ...run.training,
  };
  const step = estimateStep({model: read.profile.model, cluster, training, layout});
  if (step === null) throw new Error(`${run.hardware} has no ${training.precision}`);
  return step;
}

describe('published runs ran, and so are said to fit', () => {
  test.each(runs)('$name', async run => {
    const {memory, seconds} = await estimate(run);
    expect(memory.fits).toBe(true);
    if (run.stepSeconds !== null) expect(Math.abs(seconds / run.stepSeconds - 1)).toBeLessThan(0.2);
  });

  test.each([
    'bloom-176b',
    'deepseek-v3',
    'frontier-175b-dash2023',
    'frontier-1t',
    'llama-3-405b',
    'opt-175b',
  ])('plans/%s.yaml', async name => {
    const {estimate} = await simulatePlan(name);
    expect(estimate.memory.fits).toBe(true);
  });
});
