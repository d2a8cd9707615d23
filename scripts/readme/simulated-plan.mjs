import {pathToFileURL} from 'node:url';
import {stringify} from 'yaml';
import {inRepository} from './repository.mjs';

/** @typedef {typeof import('../../src/index.js')} Library */

/**
 * One step of a plan that no file holds, estimated by the built library.
 *
 * @param {object} contents contents of a plan file that states its degrees and its micro-batch
 */
export async function simulatePlan(contents) {
  const {completeLayout, estimateStep, hardwareFlopPerToken, readPlanText} = await library();
  const read = await readPlanText(inRepository('plans/readme.yaml'), stringify({walltime: 1, ...contents}));
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  const {plan} = read;
  const {model, cluster, training} = plan;
  const layout = completeLayout(plan);
  const estimate = layout === null ? null : estimateStep({model, cluster, training, layout});
  const peak = cluster.accelerator.peak[training.precision];
  if (layout === null || estimate === null || peak === undefined) throw new Error('the plan is not complete');
  const flop =
    hardwareFlopPerToken(model, training.sequenceLength, repeatedForward(layout), 'full') *
    training.sequenceLength *
    training.globalBatch;
  return {
    hardwareFlopsUtilization: flop / (estimate.seconds * cluster.numDevices * peak),
    memory: estimate.memory,
  };
}

/** @returns {Promise<Library>} */
async function library() {
  return import(pathToFileURL(inRepository('dist/index.js')).href);
}

/** @param {import('../../src/index.js').Layout} layout */
function repeatedForward({recompute}) {
  if (typeof recompute === 'object') throw new Error('the README simulates no partial recomputation');
  return recompute;
}
