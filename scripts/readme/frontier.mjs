import {errorOf, percent, points, signedPercent} from './figures.mjs';
import {figureColumn, markdownTable} from './markdown-table.mjs';
import {simulatePlan} from './simulated-plan.mjs';

/*
 * Dash et al. 2023, "Optimizing Distributed Training on Frontier for Large Language Models",
 * arXiv 2312.12705: throughputs as a share of 191.5 TFLOP/s a GCD with recomputation counted, and
 * how well the 175B and the 1T model scale. test/validation/frontier.test.ts holds the same runs.
 */

/**
 * @typedef {object} Run
 * @property {string} model
 * @property {number} tensor
 * @property {number} pipeline
 * @property {number} devices
 * @property {number} globalBatch
 * @property {number} [microBatch]
 */

const gpt175 = {model: 'gpt3-175b', tensor: 4, pipeline: 16};
const gpt1t = {model: 'frontier-1t', tensor: 8, pipeline: 64};

/** @type {readonly {readonly name: string, readonly run: Run, readonly published: number}[]} */
const throughputs = [
  {
    name: '22B',
    run: {model: 'frontier-22b', tensor: 2, pipeline: 4, devices: 64, globalBatch: 128},
    published: 0.3838,
  },
  {name: '175B', run: {...gpt175, devices: 1024, globalBatch: 640}, published: 0.3614},
  {name: '1T', run: {...gpt1t, devices: 3072, globalBatch: 1602}, published: 0.3196},
];

/** @type {readonly {readonly name: string, readonly from: Run, readonly to: Run, readonly published: number}[]} */
const scalings = [
  {
    name: 'weak, 175B',
    from: {...gpt175, devices: 64, globalBatch: 40},
    to: {...gpt175, devices: 1024, globalBatch: 640},
    published: 1,
  },
  {
    name: 'weak, 1T',
    from: {...gpt1t, devices: 512, globalBatch: 267},
    to: {...gpt1t, devices: 3072, globalBatch: 1602},
    published: 1,
  },
  {
    name: 'strong, 175B',
    from: {...gpt175, devices: 64, globalBatch: 8000, microBatch: 4},
    to: {...gpt175, devices: 1024, globalBatch: 8000, microBatch: 4},
    published: 0.89,
  },
  {
    name: 'strong, 1T',
    from: {...gpt1t, devices: 512, globalBatch: 8016, microBatch: 2},
    to: {...gpt1t, devices: 3072, globalBatch: 8016, microBatch: 2},
    published: 0.87,
  },
];

/** Share of peak of the three models. */
export async function frontierThroughputs() {
  const rows = await Promise.all(
    throughputs.map(async ({name, run, published}) => {
      const predicted = await utilization(run);
      return [
        name,
        run.devices,
        `${run.tensor} x ${run.pipeline} x ${dataParallel(run)}`,
        run.globalBatch,
        `${(published * 100).toFixed(2)} %`,
        `${(predicted * 100).toFixed(2)} %`,
        signedPercent(errorOf(predicted, published)),
      ];
    }),
  );
  const columns = [
    {title: 'model'},
    figureColumn('GCDs'),
    {title: 'tp x pp x dp'},
    figureColumn('global batch'),
    figureColumn('published'),
    figureColumn('predicted'),
    figureColumn('error'),
  ];
  return markdownTable(columns, rows);
}

/** Throughput of a GCD on many beside its throughput on few. */
export async function frontierScaling() {
  const rows = await Promise.all(
    scalings.map(async ({name, from, to, published}) => {
      const [few, many] = await Promise.all([utilization(from), utilization(to)]);
      const predicted = many / few;
      return [
        name,
        `${from.devices} to ${to.devices}`,
        to.microBatch ?? 1,
        from.globalBatch === to.globalBatch ? to.globalBatch : `${from.globalBatch} to ${to.globalBatch}`,
        percent(published),
        percent(predicted),
        points(predicted - published, 1),
      ];
    }),
  );
  const columns = [
    {title: 'scaling'},
    figureColumn('GCDs'),
    figureColumn('micro-batch'),
    figureColumn('global batch'),
    figureColumn('published'),
    figureColumn('predicted'),
    figureColumn('difference'),
  ];
  return markdownTable(columns, rows);
}

/** @param {Run} run */
async function utilization(run) {
  const {hardwareFlopsUtilization} = await simulatePlan({
    model: run.model,
    cluster: {hardware: 'frontier-mi250x', devices: run.devices, software: 'megatron-deepspeed'},
    training: {
      tokens: 1e9,
      sequence_length: 2048,
      global_batch: run.globalBatch,
      precision: 'fp16',
      optimizer: 'adam',
      attention_kernel: 'flash2',
    },
    layout: {
      tensor: run.tensor,
      pipeline: run.pipeline,
      data: dataParallel(run),
      sequence_parallel: false,
      sharding: 'optimizer',
      micro_batch: run.microBatch ?? 1,
      schedule: '1f1b',
      recompute: 'full',
    },
  });
  return hardwareFlopsUtilization;
}

/** @param {Run} run */
function dataParallel({devices, tensor, pipeline}) {
  return devices / (tensor * pipeline);
}
