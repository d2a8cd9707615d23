import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Enough events that the time of a run is not that of compiling it. */
const microbatches = 8192;
const rounds = 9;

/**
 * Events a second of the pipeline simulation for each schedule, and closed forms a second.
 *
 * @returns {Promise<import('../bench.mjs').Row[]>}
 */
export async function run() {
  const {schedules, simulatePipeline, evenChunkTimes, plainEnds} = await pipelineModule();
  const even = {
    stages: 64,
    virtualStages: 1,
    microbatches,
    forward: 1,
    backwardInput: 1,
    backwardWeight: 1,
    ...plainEnds,
    lastForward: 0.5,
    send: 0.05,
    sendOverlap: 0.5,
    forwardBackwardOverlap: 0.5,
  };
  /** @param {string} name @param {typeof even} pipeline */
  const simulate = (name, pipeline) => {
    const chunks = schedules[name].placement(pipeline).routes[0].stops.length;
    return simulatePipeline(schedules[name], pipeline, evenChunkTimes(pipeline, chunks)).numEvents;
  };
  const large = {...even, virtualStages: 2, microbatches: 512};
  /** @type {import('../bench.mjs').Row[]} */
  const rows = [
    {
      what: 'interleaved, 64 stages x 512 micro-batches x 2',
      value: 1000 * median(() => simulate('interleaved', large)).seconds,
      unit: 'ms',
      bar: {at: 100, better: 'lower'},
    },
  ];
  for (const name of Object.keys(schedules)) {
    const pipeline = {...even, virtualStages: name === 'interleaved' ? 2 : 1};
    const {seconds, result} = median(() => simulate(name, pipeline));
    rows.push({
      what: `${name}, simulated`,
      value: result / seconds / 1e6,
      unit: 'million events/s',
      bar: {at: 5, better: 'higher'},
    });
  }
  const calls = 200_000;
  const closedForms = Object.keys(schedules).map(name => {
    const {seconds} = median(() => {
      let total = 0;
      // What the search varies; the sum keeps the calls from being left out.
      for (let i = 0; i < calls; i += 1) {
        even.stages = 2 * (1 + (i & 15));
        total += schedules[name].seconds(even);
      }
      return total;
    });
    return {what: `${name}, closed form`, value: calls / seconds / 1e6, unit: 'million calls/s', bar: null};
  });
  return [...rows, ...closedForms];
}

/** The pipeline folder of the library, bundled in memory. */
async function pipelineModule() {
  const contents = [
    'schedules/schedules',
    'simulation/simulate',
    'simulation/chunk-times',
    'closed-forms/even-pipeline',
  ]
    .map(file => `export * from './src/pipeline/${file}.ts';`)
    .join('\n');
  const {outputFiles} = await build({
    stdin: {contents, resolveDir: root, loader: 'ts'},
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

/**
 * CPU seconds of `work`, the median of some rounds, which other processes on the machine do not change.
 *
 * @param {() => number} work
 */
function median(work) {
  let result = 0;
  const samples = Array.from({length: rounds}, () => {
    const before = process.cpuUsage();
    result = work();
    const {user, system} = process.cpuUsage(before);
    return (user + system) / 1e6;
  }).sort((a, b) => a - b);
  return {seconds: samples[Math.floor(rounds / 2)] ?? Number.NaN, result};
}
