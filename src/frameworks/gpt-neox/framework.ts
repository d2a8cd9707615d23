import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const gptNeoxFramework: Framework = {
  name: 'gpt-neox',
  title: 'GPT-NeoX',
  aliases: [{pattern: /gpt-neox|neox/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
