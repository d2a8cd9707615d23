import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const megatronBridgeFramework: Framework = {
  name: 'megatron-bridge',
  title: 'Megatron-Bridge',
  aliases: [{pattern: /megatron-bridge/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  logs: {memory: 'allocated'},
  ownFlashKernel: true,
};
