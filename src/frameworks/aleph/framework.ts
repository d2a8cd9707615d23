import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const alephFramework: Framework = {
  name: 'aleph',
  title: "Aleph Alpha's scaling",
  aliases: [{pattern: /aa-scaling|aleph/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
