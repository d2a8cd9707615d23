import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const fsdpFramework: Framework = {
  name: 'fsdp',
  title: 'PyTorch FSDP',
  aliases: [{pattern: /fsdp/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
