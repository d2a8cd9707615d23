import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const nanotronFramework: Framework = {
  name: 'nanotron',
  title: 'nanotron',
  aliases: [{pattern: /nanotron/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  // The trainer resets the counters of create_table_log once gradients are there.
  logs: {memory: 'update'},
  ownFlashKernel: false,
};
