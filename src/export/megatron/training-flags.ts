import type {Precision} from '../../cluster/accelerator.js';
import {keptGradientBytes} from '../../cost/workload/number-formats.js';
import type {Optimizer} from '../../plan/training.js';
import {
  type ConfigFragment,
  concatFragments,
  fragment,
  note,
  type Setting,
  when,
} from '../config-fragment.js';
import type {PlannedRun} from '../export-target.js';

/** Batch, length, numbers, optimizer and checkpoints. */
export function trainingFlags(run: PlannedRun): ConfigFragment {
  return concatFragments([batchFlags(run), precisionFlags(run), optimizerFlags(run), checkpointFlags(run)]);
}

function batchFlags({plan, layout, run}: PlannedRun): ConfigFragment {
  const {globalBatch, sequenceLength, tokens, batchRamp = []} = plan.training;
  const settings: Setting[] = [
    ['--seq-length', sequenceLength],
    ['--micro-batch-size', layout.microBatch],
  ];
  if (batchRamp.length === 0) {
    settings.push(['--global-batch-size', globalBatch], ['--train-iters', run.steps]);
    return fragment(settings);
  }
  const starts = [0, ...batchRamp.map(({until}) => until)];
  const batches = [...batchRamp.map(stage => stage.globalBatch), globalBatch];
  const steps = batches.map((batch, index) => `${starts[index]}:${batch}`).join(' ');
  const samples = Math.ceil(tokens / sequenceLength);
  return fragment([...settings, ['--step-batch-size-schedule', steps], ['--train-samples', samples]]);
}

const precisionOf: Readonly<Partial<Record<Precision, readonly Setting[]>>> = {
  fp32: [],
  tf32: [],
  bf16: [['--bf16']],
  fp16: [['--fp16']],
  fp8: [['--bf16'], ['--fp8-format', 'hybrid']],
  mxfp8: [['--bf16'], ['--fp8-format', 'e4m3'], ['--fp8-recipe', 'mxfp8']],
  nvfp4: [['--bf16'], ['--fp4-format', 'e2m1'], ['--fp4-recipe', 'nvfp4']],
};

function precisionFlags({plan}: PlannedRun): ConfigFragment {
  const {precision, attentionKernel} = plan.training;
  const {software} = plan.cluster;
  const accumulatorBytes = keptGradientBytes(plan.training, software);
  const full = precision === 'fp32' || precision === 'tf32';
  return concatFragments([
    fragment([
      ...(precisionOf[precision] ?? []),
      ...when(!full && accumulatorBytes === 4, ['--accumulate-allreduce-grads-in-fp32']),
      ...when(!full && accumulatorBytes === 2 && precision !== 'fp16', ['--grad-reduce-in-bf16']),
      ['--attention-backend', attentionBackends[attentionKernel ?? software.attentionKernel]],
    ]),
    ...(precision === 'tf32' ? [note('PyTorch multiplies in tf32 with NVIDIA_TF32_OVERRIDE=1')] : []),
    ...(!full && accumulatorBytes === 4 && software.gradientReduceBytes === 2
      ? [note(`${software.name} reduces gradients in 16 bits; here they are reduced as they are kept, in 32`)]
      : []),
  ]);
}

const attentionBackends = {
  unfused: 'unfused',
  'fused-softmax': 'local',
  flash1: 'flash',
  flash2: 'flash',
  flash3: 'fused',
} as const;

const optimizers: Readonly<Partial<Record<Optimizer, readonly Setting[]>>> = {
  adam: [['--optimizer', 'adam']],
  'adam-16bit': [
    ['--optimizer', 'adam'],
    ['--exp-avg-dtype', 'bf16'],
    ['--exp-avg-sq-dtype', 'bf16'],
  ],
  'adam-8bit': [
    ['--optimizer', 'adam'],
    ['--exp-avg-dtype', 'fp8'],
    ['--exp-avg-sq-dtype', 'fp8'],
  ],
  lion: [['--optimizer', 'lion']],
  'sgd-momentum': [
    ['--optimizer', 'sgd'],
    ['--sgd-momentum', '0.9'],
  ],
};

function optimizerFlags({plan, layout}: PlannedRun): ConfigFragment {
  const {optimizer} = plan.training;
  const {sharding, offload} = layout;
  const named = optimizers[optimizer] ?? [];
  if (optimizer === 'muon') {
    if (sharding === 'optimizer') return fragment([['--optimizer', 'dist_muon']]);
    return fragment([
      ['--optimizer', 'muon'],
      ['--ckpt-format', 'torch'],
    ]);
  }
  if (optimizer !== 'adam-8bit' && optimizer !== 'adam-16bit') return fragment(named);
  const offloaded = offload === 'optimizer' || offload === 'optimizer-and-activations';
  return fragment([...named, ...when(!offloaded, ['--use-precision-aware-optimizer'])]);
}

function checkpointFlags({plan, run, estimate}: PlannedRun): ConfigFragment {
  const {checkpointInterval, steps} = run;
  const every = Math.max(1, Math.round(Math.min(steps, checkpointInterval / estimate.seconds)));
  return concatFragments([
    fragment([
      ['--save-interval', every],
      ...when(plan.operation.checkpoint.mode === 'asynchronous', ['--async-save']),
    ]),
    note('checkpoints are written where --save says'),
  ]);
}
