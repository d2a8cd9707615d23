import type {Framework} from '../framework.js';
import {month} from '../release.js';
import {megatronCoreDefaults} from './defaults.js';
import {coreRecipeDefaults} from './recipe-defaults.js';
import {megatronCoreRules} from './rules.js';

export const megatronCoreFramework: Framework = {
  name: 'megatron-core',
  title: 'Megatron-Core',
  aliases: [
    {pattern: /^megatron-lm\b/, needs: 'fp8'},
    {pattern: /megatron-core|\bmcore\b|megatron-lm \(core\b.*|pretrain_gpt|flagscale/},
    {pattern: /^megatron(-lm)?$/, inPlansOnly: true},
    {pattern: /megascale/},
  ],
  releases: [
    {version: '0.4.0', month: month('2023-12')},
    {version: '0.5.0', month: month('2024-02')},
    {version: '0.8.0', month: month('2024-08')},
    {version: '0.12.0', month: month('2025-05')},
    {version: '0.13.0', month: month('2025-07')},
    {version: '0.14.0', month: month('2025-10')},
    {version: '0.15.0', month: month('2025-12')},
    {version: '0.16.0', month: month('2026-02')},
    {version: '0.17.0', month: month('2026-04')},
    {version: '0.18.0', month: month('2026-06')},
    {version: '0.19.0', month: month('2026-08')},
  ],
  readAt: month('2026-08'),
  rules: megatronCoreRules,
  defaults: megatronCoreDefaults,
  recipeDefaults: coreRecipeDefaults,
  recomputesModules: true,
  logs: {memory: 'allocated'},
  ownFlashKernel: true,
};
