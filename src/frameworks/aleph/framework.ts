import {noExpertDegree, noSelectiveRecompute, oneRankOrder} from '../equations.js';
import {type Framework, fixedDefault} from '../framework.js';
import {month} from '../release.js';

const paper = 'Hagemann et al. 2023, arXiv 2311.05610 sec. 3';

/** Tensor parallelism, 1F1B and ZeRO-1, as the paper describes them. */
export const alephFramework: Framework = {
  name: 'aleph',
  title: "Aleph Alpha's scaling",
  aliases: [{pattern: /aa-scaling|aleph/}],
  releases: [],
  readAt: month('2023-11'),
  rules: [
    {...noExpertDegree, source: `${paper}: data, tensor and pipeline parallelism`},
    {...noSelectiveRecompute, source: `${paper}: every layer is checkpointed, or none`},
    {...oneRankOrder, source: `${paper}: tensor ranks in a node`},
  ],
  defaults: {
    sharding: fixedDefault('optimizer', `${paper}: ZeRO-1 in every run`),
    overlapGradients: fixedDefault(false, `${paper}: no overlap is stated`),
    schedule: fixedDefault('1f1b', `${paper}: PipeDream-Flush`),
  },
  logs: {memory: 'allocated'},
  ownFlashKernel: false,
};
