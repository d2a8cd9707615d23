import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const vtrainFramework: Framework = {
  name: 'vtrain',
  title: 'vTrain',
  aliases: [{pattern: /vtrain/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
