import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const olmoCoreFramework: Framework = {
  name: 'olmo-core',
  title: 'OLMo-core',
  aliases: [{pattern: /olmo/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
