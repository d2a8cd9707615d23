import type {Precision} from '../../cluster/accelerator.js';
import type {Optimizer} from '../../layout/training.js';
import type {PlannedRun} from '../export-target.js';
import {join, note, type Part, part, refuse, type Setting, when} from '../part.js';

/** Batch, length, numbers, optimizer and checkpoints. */
export function trainingFlags(run: PlannedRun): Part {
  return join([batchFlags(run), precisionFlags(run), optimizerFlags(run), checkpointFlags(run)]);
}

function batchFlags({plan, layout, run}: PlannedRun): Part {
  const {globalBatch, sequenceLength, tokens, batchRamp = []} = plan.training;
  const settings: Setting[] = [
    ['--seq-length', sequenceLength],
    ['--micro-batch-size', layout.microBatch],
  ];
  if (batchRamp.length === 0) {
    settings.push(['--global-batch-size', globalBatch], ['--train-iters', run.steps]);
    return part(settings);
  }
  const starts = [0, ...batchRamp.map(({until}) => until)];
  const batches = [...batchRamp.map(stage => stage.globalBatch), globalBatch];
  const steps = batches.map((batch, index) => `${starts[index]}:${batch}`).join(' ');
  const samples = Math.ceil(tokens / sequenceLength);
  return part([...settings, ['--step-batch-size-schedule', steps], ['--train-samples', samples]]);
}

const precisionOf: Readonly<Record<Exclude<Precision, 'int8'>, readonly Setting[]>> = {
  fp32: [],
  tf32: [],
  bf16: [['--bf16']],
  fp16: [['--fp16']],
  fp8: [['--bf16'], ['--fp8-format', 'hybrid']],
  mxfp8: [['--bf16'], ['--fp8-format', 'e4m3'], ['--fp8-recipe', 'mxfp8']],
  nvfp4: [['--bf16'], ['--fp4-format', 'e2m1'], ['--fp4-recipe', 'nvfp4']],
};

function precisionFlags({plan}: PlannedRun): Part {
  const {precision, gradientBytes, attentionKernel} = plan.training;
  const {software} = plan.cluster;
  if (precision === 'int8') {
    return refuse(
      'training.precision',
      'Megatron-LM does not train in int8',
      'set training.precision to fp8',
    );
  }
  const kept = gradientBytes ?? software.gradientBytes;
  const full = precision === 'fp32' || precision === 'tf32';
  return join([
    part([
      ...precisionOf[precision],
      ...when(!full && kept === 4, ['--accumulate-allreduce-grads-in-fp32']),
      ...when(!full && kept === 2 && precision !== 'fp16', ['--grad-reduce-in-bf16']),
      ['--attention-backend', attentionBackends[attentionKernel ?? software.attentionKernel]],
    ]),
    ...(precision === 'tf32' ? [note('PyTorch multiplies in tf32 with NVIDIA_TF32_OVERRIDE=1')] : []),
    ...(!full && kept === 4 && software.gradientReduceBytes === 2
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

const optimizers: Readonly<Record<Exclude<Optimizer, 'adafactor' | 'muon'>, readonly Setting[]>> = {
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

function optimizerFlags({plan, layout}: PlannedRun): Part {
  const {optimizer} = plan.training;
  const {sharding, offload} = layout;
  if (optimizer === 'adafactor') {
    return refuse('training.optimizer', 'Megatron-LM has no adafactor', 'set training.optimizer to adam');
  }
  if (optimizer === 'muon') {
    if (sharding === 'none')
      return part([
        ['--optimizer', 'muon'],
        ['--ckpt-format', 'torch'],
      ]);
    if (sharding === 'optimizer') return part([['--optimizer', 'dist_muon']]);
    const hint = 'set layout.sharding to optimizer or none';
    return refuse('layout.sharding', `Megatron-LM does not shard ${sharding} with muon`, hint);
  }
  if (optimizer !== 'adam-8bit' && optimizer !== 'adam-16bit') return part(optimizers[optimizer]);
  if (sharding === 'none') {
    return refuse(
      'training.optimizer',
      'Megatron-LM keeps the states of adam in 8 or 16 bits only where they are sharded',
      'set layout.sharding to optimizer',
    );
  }
  const offloaded = offload === 'optimizer' || offload === 'optimizer-and-activations';
  return part([...optimizers[optimizer], ...when(!offloaded, ['--use-precision-aware-optimizer'])]);
}

function checkpointFlags({plan, run, estimate}: PlannedRun): Part {
  const {checkpointInterval, steps} = run;
  const every = Math.max(1, Math.round(Math.min(steps, checkpointInterval / estimate.seconds)));
  return join([
    part([
      ['--save-interval', every],
      ...when(plan.operation.checkpoint.mode === 'asynchronous', ['--async-save']),
    ]),
    note('checkpoints are written where --save says'),
  ]);
}
