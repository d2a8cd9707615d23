import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const deepspeedFramework: Framework = {
  name: 'deepspeed',
  title: 'DeepSpeed',
  aliases: [{pattern: /megatron-deepspeed zero-3/}, {pattern: /deepspeed|xtuner|^zero-?[123]$/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
