import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const maxtextFramework: Framework = {
  name: 'maxtext',
  title: 'MaxText',
  aliases: [{pattern: /maxtext|pax|\bjax\b/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  logs: {memory: 'allocated'},
  ownFlashKernel: true,
};
