import {csvRows} from './csv-rows.mjs';
import {errorOf, meanAndWorst, points, signedPercent} from './figures.mjs';
import {figureColumn, markdownTable} from './markdown-table.mjs';
import {inRepository} from './repository.mjs';
import {simulatePlan} from './simulated-plan.mjs';

/*
 * Korthikanti et al. 2022, arXiv 2205.05198, Figures 1 and 7. They show the layers alone: 18 bytes a
 * parameter for weights, gradients and optimizer states, and the activations of the first stage.
 */

const GiB = 2 ** 30;

/** Model files by the names of the figures, and the global batch of the paper's Table 5. */
const models = /** @type {const} */ ({
  'megatron-22B': {model: 'megatron-22b', globalBatch: 4},
  'gpt3-175B': {model: 'gpt3-175b', globalBatch: 64},
  'turing-530B': {model: 'megatron-530b', globalBatch: 280},
  'megatron-1T': {model: 'megatron-1t', globalBatch: 512},
});

/**
 * A row of memory-components.csv.
 *
 * @typedef {Readonly<Record<string, string>>} FigureRow
 */

/** Fig. 1: bytes. */
export async function layerMemory() {
  const rows = figureRows().filter(row => row.activations_GiB !== '');
  const errors = /** @type {number[]} */ ([]);
  const cells = await Promise.all(
    rows.map(async row => {
      const [states, activations] = await Promise.all([stateBytes(row), activationBytes(row)]);
      const figures = [
        {predicted: states / GiB, published: Number(row.params_optimizer_GiB)},
        {predicted: activations / GiB, published: Number(row.activations_GiB)},
      ];
      return [
        row.model ?? '',
        row.technique ?? '',
        ...figures.flatMap(({predicted, published}) => {
          const error = errorOf(predicted, published);
          errors.push(error);
          return [published.toFixed(2), predicted.toFixed(2), signedPercent(error)];
        }),
      ];
    }),
  );
  const columns = [
    {title: 'model'},
    {title: 'technique'},
    ...['states, GiB', 'predicted', 'error', 'activations, GiB', 'predicted', 'error'].map(figureColumn),
  ];
  return `${markdownTable(columns, cells)}\n\n${meanAndWorst(errors)}`;
}

/** Fig. 7: activations as a share of those without any technique. */
export async function activationShares() {
  const rows = figureRows().filter(row => row.activation_pct_of_baseline !== '' && row.technique !== 'none');
  const cells = await Promise.all(
    rows.map(async row => {
      const [activations, baseline] = await Promise.all([
        activationBytes(row),
        activationBytes({...row, technique: 'none'}),
      ]);
      const predicted = activations / baseline;
      const published = Number(row.activation_pct_of_baseline) / 100;
      return [
        row.model ?? '',
        row.technique ?? '',
        `${(published * 100).toFixed(2)} %`,
        `${(predicted * 100).toFixed(2)} %`,
        points(predicted - published, 2),
      ];
    }),
  );
  const columns = [
    {title: 'model'},
    {title: 'technique'},
    ...['published', 'predicted', 'difference'].map(figureColumn),
  ];
  return markdownTable(columns, cells);
}

function figureRows() {
  return csvRows(inRepository('hardware-profiles/measurements/memory-components.csv'));
}

/**
 * Activations of the layers of the first stage.
 *
 * @param {FigureRow} row
 */
async function activationBytes(row) {
  const {memory} = await simulatePlan(planOf(row, {pipeline: Number(row.pp)}));
  return parts(memory, 0, ['layerActivations']);
}

/**
 * Weights, gradients and optimizer states of the layers of one stage: those of a stage in the middle,
 * which holds no embedding. A model on one stage has none, so it is cut into three and counted thrice.
 *
 * @param {FigureRow} row
 */
async function stateBytes(row) {
  const stages = Number(row.pp);
  const {memory} = await simulatePlan(planOf(row, {pipeline: stages === 1 ? 3 : stages}));
  const bytes = parts(memory, 1, ['weights', 'gradients', 'optimizer']);
  return stages === 1 ? bytes * 3 : bytes;
}

/**
 * @param {import('../../src/index.js').MemoryEstimate} memory
 * @param {number} stage
 * @param {readonly (keyof import('../../src/index.js').StageMemory)[]} names
 */
function parts(memory, stage, names) {
  const all = memory.stages[stage];
  if (all === undefined) throw new Error(`there is no stage ${stage}`);
  return names.reduce((sum, name) => sum + all[name], 0);
}

/**
 * @param {FigureRow} row
 * @param {{readonly pipeline: number}} cut
 */
function planOf({model: name = '', technique = '', ...row}, {pipeline}) {
  if (!isKnown(name)) throw new Error(`no model file for ${name}`);
  const {model, globalBatch} = models[name];
  const tensor = Number(row.tp);
  const virtualStages = Number(row.vpp);
  return {
    model,
    cluster: {hardware: 'selene-a100-80gb', devices: tensor * pipeline, software: 'megatron-lm-2021'},
    training: {
      tokens: 1e9,
      sequence_length: 2048,
      global_batch: globalBatch,
      precision: 'fp16',
      optimizer: 'adam',
    },
    layout: {
      tensor,
      pipeline,
      data: 1,
      sequence_parallel: technique.startsWith('sequence parallel'),
      sharding: 'none',
      micro_batch: Number(row.micro_batch),
      schedule: virtualStages > 1 ? 'interleaved' : '1f1b',
      virtual_stages: virtualStages,
      recompute: recomputeOf(technique),
    },
  };
}

/**
 * @param {string} name
 * @returns {name is keyof typeof models}
 */
function isKnown(name) {
  return Object.hasOwn(models, name);
}

/** @param {string} technique */
function recomputeOf(technique) {
  if (technique.startsWith('full')) return 'full';
  return technique.includes('selective') ? 'selective' : 'none';
}
