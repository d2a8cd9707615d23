import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const megatronDeepspeedFramework: Framework = {
  name: 'megatron-deepspeed',
  title: 'Megatron-DeepSpeed',
  aliases: [{pattern: /megatron-deepspeed/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  // BigScience's "Mem" exceeds tensors by the same gigabytes whatever the layout.
  logs: {memory: 'device'},
  ownFlashKernel: false,
};
