import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const torchtitanFramework: Framework = {
  name: 'torchtitan',
  title: 'torchtitan',
  aliases: [{pattern: /torchtitan/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  logs: {memory: 'reserved'},
  ownFlashKernel: false,
};
