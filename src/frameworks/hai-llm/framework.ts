import {type Framework, fixedDefault} from '../framework.js';
import {month} from '../release.js';

/** The framework of DeepSeek-V3, of which its paper (arXiv 2412.19437) states the choices of one run, and no checks. */
export const haiLlmFramework: Framework = {
  name: 'hai-llm',
  title: 'HAI-LLM',
  aliases: [{pattern: /hai-llm/}],
  releases: [],
  readAt: month('2024-12'),
  rules: [],
  defaults: {
    sharding: fixedDefault('optimizer', 'arXiv 2412.19437 sec. 3.2: ZeRO-1'),
    overlapGradients: fixedDefault(
      true,
      'arXiv 2412.19437 sec. 3.2.1: data-parallel communication is hidden',
    ),
    overlapParameters: fixedDefault(true, 'arXiv 2412.19437 sec. 3.2.1: as gradients'),
  },
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
