import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const genericFramework: Framework = {
  name: 'generic',
  title: 'a generic framework',
  aliases: [],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
