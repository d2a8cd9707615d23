import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const llmFoundryFramework: Framework = {
  name: 'llm-foundry',
  title: 'LLM Foundry',
  aliases: [{pattern: /llm-?foundry/}],
  releases: [],
  readAt: month('2026-04'),
  rules: [],
  defaults: {},
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
