/** An entry of the library as built. Its path is put together, since type checking would follow it into the bundle. */
const built = (/** @type {string} */ entry) =>
  import(new URL(['..', '..', 'dist', entry].join('/'), import.meta.url).href);
/** @type {typeof import('../../src/index.js')} */
const {readPlanText} = await built('index.js');
/** @type {typeof import('../../src/scaling.js')} */
const {modelTemplate, limitOf, lossSurface, speedTable} = await built('scaling.js');

const plan = `walltime: 1
model: llama-3-8b
cluster: {hardware: h100-sxm, devices: 1024, software: megatron-core}
training: {tokens: 1e12, sequence_length: 4096, global_batch: 1024}
goal: {deadline: 30 days}
scaling:
  parameters: {from: 10 B, to: 500 B, count: 40}
  global_batch: {from: 256, to: 8192, count: 20}
`;

/**
 * The loss surface of 40 sizes and 20 batches on 1,024 devices, every layout of each.
 *
 * @returns {Promise<import('../bench.mjs').Row[]>}
 */
export async function run() {
  const read = await readPlanText('plans/bench.yaml', plan);
  if ('problems' in read) throw new Error('the plan is not readable');
  const {scaling, model} = read.plan;
  const limit = limitOf(read.plan);
  if (scaling?.parameters == null || scaling.globalBatch === null || limit === null) throw new Error('open');
  const started = process.cpuUsage().user;
  const table = speedTable({
    plan: read.plan,
    family: modelTemplate(model, null),
    parameters: scaling.parameters,
    batches: scaling.globalBatch,
  });
  const {cells, gap} = lossSurface(table, limit);
  const seconds = (process.cpuUsage().user - started) / 1e6;
  return [
    {what: 'sizes and batches', value: cells.length, unit: '', bar: null},
    {what: 'cells planned over all layouts', value: table.searches(), unit: '', bar: null},
    {what: 'proved: no cell has a loss that is lower by more than', value: 100 * gap, unit: '%', bar: null},
    {
      what: 'loss surface of 40 sizes x 20 batches, 1,024 devices',
      value: seconds,
      unit: 's',
      bar: {at: 5, better: 'lower'},
    },
  ];
}
