import {groupFor} from '../../layout/placement.js';
import {
  asyncTensorNeedsSequenceParallel,
  keyValueHeadsPerTensorRank,
  oneRankOrder,
  sequencePartsPerContextRank,
  unsupportedOptimizer,
  unsupportedPrecision,
} from '../equations.js';
import type {FrameworkRule} from '../framework.js';
import {
  evenInterleavedRounds,
  interleavingNeedsVirtualStages,
  microbatchesPerStage,
  offloadsStatesTogether,
  tiedEmbeddingsNeedOneStage,
} from '../pytorch-rules.js';
import {month} from '../release.js';

const dims = 'torchtitan/distributed/parallel_dims.py';
const trainer = 'torchtitan/trainer.py';
const decoder = 'torchtitan/models/common/decoder.py';
const schedules = 'torch/distributed/pipelining/schedules.py';
const configs = 'torchtitan/config/configs.py';

/** First month with sequence parallelism as a switch of its own. */
const sequenceSwitch = month('2026-03');
/** First month without a tensor degree inside experts. */
const noExpertTensor = month('2026-04');
/** First month without a ring of keys and values. */
const noRing = month('2026-02');

/** Rules that torchtitan enforces. pytorch/torchtitan at b5bcd76; TOML era at 238fa99. */
export const torchtitanRules: readonly FrameworkRule[] = [
  {...keyValueHeadsPerTensorRank, source: `${decoder}:189-198`, error: 'ValueError'},
  {...sequencePartsPerContextRank, source: `${trainer}:299-308`, error: 'ValueError'},
  {...tiedEmbeddingsNeedOneStage, source: `${decoder}:168-170`, error: 'NotImplementedError'},
  {...microbatchesPerStage, source: `${schedules}, Schedule1F1B`, error: 'ValueError'},
  {...evenInterleavedRounds, source: `${schedules}, ScheduleInterleaved1F1B`, error: 'ValueError'},
  {
    ...interleavingNeedsVirtualStages,
    source: 'torchtitan/distributed/pipeline_parallel.py:252',
    error: 'ValueError',
  },
  {...asyncTensorNeedsSequenceParallel, source: `${configs}:307`, error: 'ValueError'},
  {...offloadsStatesTogether, source: `${configs}:70`},
  {...oneRankOrder, source: dims},
  {
    ...unsupportedOptimizer(['adam', 'muon']),
    source: 'torchtitan/components/optimizer.py:143',
    error: 'ValueError',
  },
  {
    ...unsupportedPrecision(['fp32', 'tf32', 'bf16', 'fp8', 'mxfp8', 'nvfp4'], 'bf16'),
    source: `${configs}, torchtitan/components/quantization`,
  },
  {
    code: 'expert-groups-are-of-fsdp-ranks',
    fields: [
      'expert',
      'data',
      'context',
      'tensor',
      'sharding',
      'shardingGroup',
      'rankOrder',
      'pipeline',
      'expertTensor',
    ],
    broken: (layout, {cluster, model}) => {
      const {expert, tensor, context, sharding} = layout;
      if (model.experts === null || expert === 1) return null;
      const ranks = sharding === 'none' ? context * tensor : groupFor(cluster, layout, 'shard').size * tensor;
      return ranks % expert === 0 ? null : {expert, ranks};
    },
    message: 'expert {expert} does not divide the {ranks} ranks of one sharding group and its tensor ranks',
    hint: 'choose a degree that divides them, or set layout.sharding_group to all',
    source: `${dims}:187-192`,
    error: 'ValueError',
  },
  {
    code: 'expert-tensor-degree',
    fields: ['expertTensor', 'expert', 'tensor'],
    broken: ({expertTensor, expert, tensor}, {model}) => {
      const only = expert === 1 ? tensor : 1;
      return model.experts === null || expertTensor === only ? null : {expertTensor, only};
    },
    message: 'there is no tensor degree of {expertTensor} inside experts',
    hint: 'set layout.expert_tensor to {only}',
    source: 'pytorch/torchtitan at c4b409af2, expert tensor parallel removed',
    since: noExpertTensor,
  },
  {
    code: 'expert-tensor-is-one-or-all',
    fields: ['expertTensor', 'expert', 'tensor'],
    broken: ({expertTensor, expert, tensor}, {model}) =>
      model.experts === null || expertTensor === tensor || (expertTensor === 1 && expert > 1)
        ? null
        : {expertTensor, tensor},
    message: 'the tensor degree inside experts is 1 or that of the layers, not {expertTensor}',
    hint: 'set layout.expert_tensor to {tensor}',
    source: 'torchtitan/config/job_config.py at 238fa99',
    error: 'ValueError',
    until: noExpertTensor,
  },
  {
    code: 'sequence-parallel-with-tensor',
    fields: ['sequenceParallel', 'tensor'],
    broken: ({sequenceParallel, tensor}) => (tensor === 1 || sequenceParallel ? null : {tensor}),
    message: 'releases before 2026-03-29 split sequences over the {tensor} tensor ranks, always',
    hint: 'set layout.sequence_parallel to true',
    source: 'pytorch/torchtitan before aa68af18e',
    until: sequenceSwitch,
  },
  {
    code: 'no-ring-of-keys-and-values',
    fields: ['contextExchange', 'context'],
    broken: ({contextExchange, context}) => (context === 1 || contextExchange !== 'ring' ? null : {context}),
    message: 'context ranks gather keys and values: there is no ring',
    hint: 'set layout.context_exchange to all-gather',
    source: `${configs}:242`,
    since: noRing,
  },
  {
    code: 'sharding-over-context-ranks',
    fields: ['sharding', 'context'],
    broken: ({sharding, context}) => (context === 1 || sharding !== 'none' ? null : {context}),
    message: 'states are sharded over the {context} context ranks',
    hint: 'set layout.sharding to parameters',
    source: dims,
  },
  {
    code: 'whole-context-groups',
    fields: [
      'shardingGroup',
      'sharding',
      'context',
      'data',
      'tensor',
      'pipeline',
      'expert',
      'expertTensor',
      'rankOrder',
    ],
    broken: (layout, {cluster}) => {
      const {sharding, context} = layout;
      if (sharding === 'none' || context === 1) return null;
      const ranks = groupFor(cluster, layout, 'shard').size;
      return ranks % context === 0 ? null : {context, ranks};
    },
    message: 'states are sharded over whole context groups, and {context} ranks do not divide {ranks}',
    hint: 'set layout.sharding_group to all',
    source: dims,
  },
  {
    code: 'fragments-divide-inner-steps',
    fields: [],
    at: 'diloco.fragments',
    broken: (_, {diloco}) =>
      diloco == null || diloco.innerSteps % diloco.fragments === 0
        ? null
        : {fragments: diloco.fragments, innerSteps: diloco.innerSteps},
    message: '{fragments} fragments do not divide {innerSteps} inner steps',
    hint: 'choose inner steps that are a multiple of the fragments',
    source: 'torchft, local_sgd.py: sync_every and fragments; issue 233 of pytorch/torchft',
    error: 'ValueError',
  },
];
