import {
  asyncTensorNeedsSequenceParallel,
  keyValueHeadsSharedByTensorRanks,
  offloadedOptimizerNeedsSharding,
  sequencePartsPerContextRank,
} from '../equations.js';
import {type Framework, fixedDefault} from '../framework.js';
import {month} from '../release.js';

/** No framework in particular: only what every framework with the choice refuses. */
export const genericFramework: Framework = {
  name: 'generic',
  title: 'a generic framework',
  aliases: [],
  releases: [],
  readAt: month('2026-08'),
  rules: [
    {
      ...keyValueHeadsSharedByTensorRanks,
      source:
        'Megatron-Core, transformer_config.py:1461; torchtitan, MaxText, nanotron and GPT-NeoX take fewer still',
    },
    {
      ...sequencePartsPerContextRank,
      fields: ['context', 'causalBalancing'],
      broken: (layout, subject) =>
        layout.causalBalancing ? sequencePartsPerContextRank.broken(layout, subject) : null,
      source:
        'Megatron-Core, arguments.py:1336; torchtitan; early and late parts of a sequence for each rank',
    },
    {
      ...asyncTensorNeedsSequenceParallel,
      source: 'Megatron-Core, arguments.py:1441; torchtitan splits sequences wherever it splits tensors',
    },
    {
      ...offloadedOptimizerNeedsSharding,
      source:
        'Megatron-Core, arguments.py:1884; DeepSpeed, zero/config.py; PyTorch FSDP offloads what it shards',
    },
  ],
  defaults: {
    overlapGradients: fixedDefault(true, 'prior: PyTorch reduces from hooks of the backward pass'),
    overlapParameters: {
      value: ({sharding}) => sharding !== 'none',
      source: 'prior: most frameworks prefetch what they gather',
    },
  },
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
