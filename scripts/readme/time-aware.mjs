import {pathToFileURL} from 'node:url';
import {stringify} from 'yaml';
import {figureColumn, markdownTable} from './markdown-table.mjs';
import {inRepository} from './repository.mjs';

/** @typedef {typeof import('../../src/index.js')} Library */
/** @typedef {typeof import('../../src/scaling.js')} Scaling */
/** @typedef {import('../../src/index.js').Plan} Plan */

/** Small models of one card: a vocabulary of 8,192, so that little of them is embedding. */
const model = {
  layers: 8,
  hidden: 512,
  vocabulary: 8192,
  attention: {heads: 8},
  mlp: {kind: 'plain', hidden: 2048},
};
const batch = 64;
const [fiveMinutes, oneDay] = [300, 86_400];

/** Exponent of the time-optimal model size on one RTX 4090, and where it comes from. */
export async function timeOptimalSize() {
  const {modelTemplate, sizeExponents, speedTable} = await scaling();
  const plan = await cardPlan({});
  const table = speedTable({
    plan,
    family: modelTemplate(plan.model, null),
    parameters: ratios(5e6, 0.9e9, 20),
    batches: [32, 64, 128, 256],
  });
  const times = ratios(fiveMinutes, oneDay, 10);
  const rows = [null, 2e9, 0.5e9].map(unique => {
    const {law, utilization, repeatedData, total} = sizeExponents(table, times, unique);
    return [
      unique === null ? 'no end' : `${unique / 1e9} B tokens`,
      law.toFixed(3),
      signed(utilization),
      signed(repeatedData),
      total.toFixed(3),
    ];
  });
  const columns = [
    {title: 'data set'},
    figureColumn('the law alone'),
    figureColumn('utilization'),
    figureColumn('repeated data'),
    figureColumn('predicted exponent'),
  ];
  return markdownTable(columns, rows);
}

/** How much faster a wide model is than a deep one of the same size. */
export async function wideOrDeep() {
  const plans = [await cardPlan({}), await cardPlan({accelerator: {memory: '1000 GB'}})];
  const rows = await Promise.all(
    [30e6, 100e6, 300e6, 1e9, 3e9].map(async parameters => {
      const cells = await Promise.all(plans.map(plan => gainOfWidth(plan, parameters)));
      return [parameters >= 1e9 ? `${parameters / 1e9} B` : `${parameters / 1e6} M`, ...cells];
    }),
  );
  const columns = [
    {title: 'parameters'},
    figureColumn('24 GiB of memory'),
    figureColumn('memory without end'),
  ];
  return markdownTable(columns, rows);
}

/** @param {Plan} plan @param {number} parameters */
async function gainOfWidth(plan, parameters) {
  const {modelTemplate, speedTable} = await scaling();
  const [deep, wide] = [24, 192].map(ratio => {
    const family = modelTemplate(plan.model, ratio);
    const table = speedTable({plan, family, parameters: [parameters], batches: [batch]});
    const speed = table.speed(0, 0);
    // Sizes differ by what whole layers and heads leave.
    return speed === null ? null : speed.tokensPerSecond * (table.sizes[0]?.parameters ?? 0);
  });
  return deep == null || wide == null ? 'does not fit' : `+${((wide / deep - 1) * 100).toFixed(0)} %`;
}

/** @param {object} override @returns {Promise<Plan>} */
async function cardPlan(override) {
  const {readPlanText} = await library();
  const contents = {
    walltime: 1,
    model,
    cluster: {hardware: 'rtx-4090', devices: 1, override},
    training: {tokens: 1e9, sequence_length: 1024, global_batch: batch},
    loss: {law: 'muennighoff'},
    reliability: 'none',
  };
  const read = await readPlanText(inRepository('plans/readme.yaml'), stringify(contents));
  if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
  return read.plan;
}

/** @returns {Promise<Library>} */
async function library() {
  return import(pathToFileURL(inRepository('dist/index.js')).href);
}

/** @returns {Promise<Scaling>} */
async function scaling() {
  return import(pathToFileURL(inRepository('dist/scaling.js')).href);
}

/** @param {number} from @param {number} to @param {number} count */
function ratios(from, to, count) {
  return Array.from({length: count}, (_, i) => from * (to / from) ** (i / (count - 1)));
}

/** @param {number} value */
const signed = value => `${value < 0 ? '' : '+'}${value.toFixed(3)}`;
