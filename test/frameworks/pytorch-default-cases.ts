import type {Layout} from '../../src/layout/layout.js';
import type {RuleCase} from './rule-subject.js';

interface DefaultCase extends RuleCase {
  readonly expected: unknown;
}

type DefaultCases = Readonly<Partial<Record<keyof Layout, DefaultCase | readonly DefaultCase[]>>>;

const none: DefaultCase = {layout: {}, expected: 'none'};
const whole: DefaultCase = {layout: {data: 8, sharding: 'parameters'}, expected: 'all'};
const oneFOneB: DefaultCase = {layout: {pipeline: 4}, expected: '1f1b'};
const sharded: readonly DefaultCase[] = [
  {layout: {data: 8}, expected: 'parameters'},
  {layout: {data: 1}, expected: 'none'},
];
const byVirtualStages = (plain: string): readonly DefaultCase[] => [
  {layout: {pipeline: 4}, expected: plain},
  {layout: {pipeline: 4, virtualStages: 2}, expected: 'interleaved'},
];

const overlaps: DefaultCases = {
  overlapGradients: {layout: {data: 8}, expected: true},
  overlapParameters: {layout: {data: 8, sharding: 'parameters'}, expected: true},
};
const stage3: readonly DefaultCase[] = [
  {layout: {data: 8, sharding: 'parameters'}, expected: true},
  {layout: {data: 8, sharding: 'gradients'}, expected: false},
];

const fsdp: DefaultCases = {
  ...overlaps,
  sharding: sharded,
  shardingGroup: whole,
  sequenceParallel: {layout: {tensor: 4}, expected: false},
  offload: none,
  schedule: {layout: {}, expected: '1f1b'},
  causalBalancing: {layout: {context: 2}, expected: true},
  recompute: none,
};

const replicated: DefaultCases = {...fsdp, sharding: {layout: {data: 8}, expected: 'none'}};
const recomputed: DefaultCases = {...replicated, recompute: {layout: {}, expected: 'full'}};

/** What is stated, and what frameworks on PyTorch and JAX take for each field that they have a default for. */
export const pytorchDefaultCases: Readonly<Record<string, DefaultCases>> = {
  fsdp,
  accelerate: fsdp,
  torchtune: fsdp,
  'hf-trainer': replicated,
  axolotl: replicated,
  trl: recomputed,
  'llama-factory': recomputed,
  torchtitan: {
    ...overlaps,
    sharding: sharded,
    shardingGroup: whole,
    sequenceParallel: [
      {layout: {tensor: 4}, expected: true},
      {layout: {tensor: 1}, expected: false},
    ],
    expertTensor: [
      {layout: {tensor: 4, expert: 8}, expected: 1},
      {layout: {tensor: 4}, expected: 4},
    ],
    recompute: {layout: {}, expected: 'selective'},
    schedule: byVirtualStages('1f1b'),
    contextExchange: {layout: {context: 2}, expected: 'all-gather'},
    offload: none,
    asyncTensor: {layout: {tensor: 4}, expected: false},
    causalBalancing: {layout: {context: 2}, expected: true},
  },
  deepspeed: {
    overlapGradients: stage3,
    overlapParameters: stage3,
    sharding: {layout: {data: 8}, expected: 'none'},
    shardingGroup: whole,
    offload: none,
    recompute: none,
    schedule: oneFOneB,
    sequenceParallel: {layout: {tensor: 4}, expected: false},
  },
  'llm-foundry': {...overlaps, sharding: sharded, shardingGroup: whole, recompute: none, offload: none},
  nanotron: {
    overlapGradients: [
      {layout: {data: 8}, expected: true},
      {layout: {data: 8, sharding: 'optimizer'}, expected: false},
    ],
    overlapParameters: {layout: {data: 8, sharding: 'optimizer'}, expected: false},
    schedule: {layout: {pipeline: 4}, expected: 'gpipe'},
    sequenceParallel: {layout: {tensor: 4}, expected: false},
    asyncTensor: {layout: {tensor: 4, sequenceParallel: true}, expected: false},
    sharding: {layout: {data: 8}, expected: 'none'},
    recompute: none,
    offload: none,
    contextExchange: {layout: {context: 2}, expected: 'ring'},
  },
  maxtext: {
    ...overlaps,
    sharding: sharded,
    shardingGroup: whole,
    recompute: {layout: {}, expected: 'full'},
    sequenceParallel: {layout: {tensor: 4}, expected: false},
    schedule: byVirtualStages('gpipe'),
    contextExchange: {layout: {context: 2}, expected: 'all-gather'},
    causalBalancing: {layout: {context: 2}, expected: true},
    offload: none,
  },
  'olmo-core': {
    ...overlaps,
    sharding: {layout: {data: 8}, expected: 'none'},
    sequenceParallel: [
      {layout: {tensor: 4}, expected: true},
      {layout: {tensor: 1}, expected: false},
    ],
    schedule: byVirtualStages('1f1b'),
    recompute: none,
    contextExchange: {layout: {context: 2}, expected: 'ring'},
    offload: none,
  },
};
