import type {Framework} from '../framework.js';
import {month} from '../release.js';

export const torchtitanFramework: Framework = {
  name: 'torchtitan',
  title: 'torchtitan',
  aliases: [{pattern: /torchtitan/}],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {},
  // torchtitan/components/metrics.py, max_reserved_gib.
  logs: {memory: 'reserved'},
  ownFlashKernel: false,
  // train.py of December 2024 left the loss out, since compiling it failed; components/loss.py compiles it.
  compilesLossSince: month('2025-01'),
};
