import type {Framework} from '../framework.js';
import {megatronCoreDefaults} from '../megatron-core/defaults.js';
import {month} from '../release.js';
import {mindspeedLlmRules} from './rules.js';

export const mindspeedLlmFramework: Framework = {
  name: 'mindspeed-llm',
  title: 'MindSpeed-LLM',
  aliases: [{pattern: /mindspeed|modellink/}],
  releases: [
    {version: '2.1.0', month: month('2025-07')},
    {version: '2.2.0', month: month('2025-10')},
    {version: '2.3.0', month: month('2026-01')},
    {version: '26.0.0', month: month('2026-03')},
    {version: '26.1.0', month: month('2026-08')},
  ],
  readAt: month('2026-08'),
  rules: mindspeedLlmRules,
  defaults: megatronCoreDefaults,
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
