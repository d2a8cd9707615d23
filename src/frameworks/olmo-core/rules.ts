import {oneRankOrder, unsupportedOptimizer, unsupportedPrecision} from '../equations.js';
import type {FrameworkRule} from '../framework.js';
import {
  evenInterleavedRounds,
  interleavingNeedsVirtualStages,
  microbatchesPerStage,
  tiedEmbeddingsNeedOneStage,
} from '../pytorch-rules.js';

const schedules = 'torch/distributed/pipelining/schedules.py';
const train = 'src/olmo_core/train/train_module/transformer/config.py';
const parallel = 'src/olmo_core/distributed/parallel/__init__.py';

/** Rules that OLMo-core enforces. allenai/OLMo-core at fa6c501. */
export const olmoCoreRules: readonly FrameworkRule[] = [
  {...tiedEmbeddingsNeedOneStage, source: `${train}:99`, error: 'NotImplementedError'},
  {...microbatchesPerStage, source: `${schedules}, Schedule1F1B`, error: 'ValueError'},
  {...evenInterleavedRounds, source: `${schedules}, ScheduleInterleaved1F1B`, error: 'ValueError'},
  {...interleavingNeedsVirtualStages, source: `${schedules}, ScheduleInterleaved1F1B`, error: 'ValueError'},
  {
    code: 'tensor-ranks-split-sequences',
    fields: ['sequenceParallel', 'tensor'],
    broken: ({sequenceParallel, tensor}) => (tensor === 1 || sequenceParallel ? null : {tensor}),
    message: 'the input of a block is split along the sequence over the {tensor} tensor ranks, always',
    hint: 'set layout.sequence_parallel to true',
    source: 'src/olmo_core/nn/transformer/model.py',
  },
  {
    code: 'experts-without-tensor-ranks',
    fields: ['expert', 'tensor'],
    broken: ({expert, tensor}) => (expert === 1 || tensor === 1 ? null : {expert, tensor}),
    message: 'expert {expert} does not go with tensor {tensor}',
    hint: 'set layout.tensor or layout.expert to 1',
    source: `${parallel}:189-223`,
    error: 'NotImplementedError',
  },
  {
    code: 'experts-are-of-shards',
    fields: ['expert', 'sharding'],
    broken: ({expert, sharding}) => (expert === 1 || sharding === 'parameters' ? null : {expert, sharding}),
    message: 'expert {expert} is over the shards of hybrid FSDP, not with sharding {sharding}',
    hint: 'set layout.sharding to parameters',
    source: `${parallel}:189-223`,
    error: 'OLMoConfigurationError',
  },
  {...oneRankOrder, source: `${parallel}:168-189`},
  {...unsupportedPrecision(['bf16', 'fp32', 'fp8'], 'bf16'), source: 'src/olmo_core/float8: torchao'},
  {...unsupportedOptimizer(['adam', 'adam-16bit', 'lion', 'muon']), source: 'src/olmo_core/optim'},
];
