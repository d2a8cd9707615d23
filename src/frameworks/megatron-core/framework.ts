import type {Framework} from '../framework.js';
import {month} from '../release.js';
import {coreRecipeDefaults} from './recipe-defaults.js';

export const megatronCoreFramework: Framework = {
  name: 'megatron-core',
  title: 'Megatron-Core',
  aliases: [
    {pattern: /^megatron-lm\b/, needs: 'fp8'},
    {pattern: /megatron-core|\bmcore\b|^megatron(-lm)?$/},
    {pattern: /megascale/},
  ],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  recipeDefaults: coreRecipeDefaults,
  logs: {memory: 'allocated'},
  ownFlashKernel: true,
};
