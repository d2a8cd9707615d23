import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const megatronLm2021Framework: Framework = {
  name: 'megatron-lm-2021',
  title: 'Megatron-LM of 2021',
  aliases: [{pattern: /^megatron(-lm)?\b/}],
  releases: [],
  readAt: month('2022-06'),
  rules: [],
  defaults: {},
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
