import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const haiLlmFramework: Framework = {
  name: 'hai-llm',
  title: 'HAI-LLM',
  aliases: [{pattern: /hai-llm/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
