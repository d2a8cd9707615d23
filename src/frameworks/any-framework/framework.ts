import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const anyFrameworkFramework: Framework = {
  name: 'any-framework',
  title: 'any framework',
  aliases: [],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
