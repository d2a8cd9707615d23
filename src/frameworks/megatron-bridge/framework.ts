import type {Framework} from '../framework.js';
import {bridgeRecipeDefaults} from '../megatron-core/recipe-defaults.js';
import {month} from '../release.js';

export const megatronBridgeFramework: Framework = {
  name: 'megatron-bridge',
  title: 'Megatron-Bridge',
  aliases: [{pattern: /megatron-bridge/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  recipeDefaults: bridgeRecipeDefaults,
  logs: {memory: 'allocated'},
  ownFlashKernel: true,
};
