import {vocabularyRows} from '../equations.js';
import type {Framework} from '../framework.js';
import {megatronDeepspeedDefaults} from '../megatron-deepspeed/defaults.js';
import {megatronDeepspeedRules} from '../megatron-deepspeed/rules.js';
import {month} from '../release.js';

/** Megatron-DeepSpeed as vTrain (MICRO 2024) ran it; its vocabulary is cut without padding. */
export const vtrainFramework: Framework = {
  name: 'vtrain',
  title: 'vTrain',
  aliases: [{pattern: /vtrain/}],
  releases: [],
  readAt: month('2023-12'),
  rules: [
    ...megatronDeepspeedRules,
    {
      ...vocabularyRows,
      source: 'vTrain, src/model/gpt_modeling.py at f8dda84: vocab_size // world_size',
      severity: 'noted',
    },
  ],
  defaults: megatronDeepspeedDefaults,
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
