import {type Framework, fixedDefault} from '../framework.js';
import {month} from '../release.js';

export const anyFrameworkFramework: Framework = {
  name: 'any-framework',
  title: 'any framework',
  aliases: [],
  releases: [],
  readAt: month('2026-08'),
  rules: [],
  defaults: {
    overlapGradients: fixedDefault(true, 'prior: PyTorch reduces from hooks of the backward pass'),
    overlapParameters: {
      value: ({sharding}) => sharding !== 'none',
      source: 'prior: most frameworks prefetch what they gather',
    },
  },
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
