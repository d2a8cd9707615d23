import type {Framework} from '../framework.js';
import {coreRecipeDefaults} from '../megatron-core/recipe-defaults.js';
import {month} from '../release.js';

export const nemoFramework: Framework = {
  name: 'nemo',
  title: 'NeMo',
  aliases: [{pattern: /nemo/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  recipeDefaults: coreRecipeDefaults,
  logs: {memory: 'allocated'},
  ownFlashKernel: true,
};
