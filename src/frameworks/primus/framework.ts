import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const primusFramework: Framework = {
  name: 'primus',
  title: 'Primus',
  aliases: [{pattern: /primus/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  logs: {memory: 'allocated'},
  ownFlashKernel: true,
};
