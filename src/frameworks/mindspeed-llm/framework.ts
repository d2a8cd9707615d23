import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const mindspeedLlmFramework: Framework = {
  name: 'mindspeed-llm',
  title: 'MindSpeed-LLM',
  aliases: [{pattern: /mindspeed/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
