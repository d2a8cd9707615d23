import {vocabularyRows} from '../equations.js';
import type {Framework} from '../framework.js';
import {month} from '../release.js';
import {megatronDeepspeedDefaults} from './defaults.js';
import {megatronDeepspeedRules} from './rules.js';

export const megatronDeepspeedFramework: Framework = {
  name: 'megatron-deepspeed',
  title: 'Megatron-DeepSpeed',
  aliases: [{pattern: /megatron-deepspeed|meg-ds|bigscience/}],
  releases: [],
  readAt: month('2023-12'),
  rules: [
    ...megatronDeepspeedRules,
    {
      ...vocabularyRows,
      source: 'megatron/tokenizer/tokenizer.py:73-80: a multiple of 128 x tensor, or --pad-vocab-size-to',
      severity: 'noted',
    },
  ],
  defaults: megatronDeepspeedDefaults,
  recipeDefaults: {
    tables: /bigscience/i,
    source: 'bigscience-workshop/bigscience, train/: ZERO_STAGE=1, or BF16Optimizer, which shards likewise',
    fields: () => ({sharding: 'optimizer'}),
  },
  // BigScience's "Mem" exceeds tensors by the same gigabytes whatever the layout.
  logs: {memory: 'device'},
  ownFlashKernel: false,
};
