/**
 * Fits the kernel facts of hardware profiles to one half of the shapes of gemm.csv or of kernels.csv, and
 * prints them with the errors on that half and on the other.
 *
 * usage: node scripts/fit/kernels.mjs [folder of gemm.csv and kernels.csv]
 *
 * Facts that this prints are written into the profiles by hand, rounded. What a profile takes from a
 * data sheet (peak, compute units, bandwidth) stays as it is.
 */
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {patternSearch} from './pattern-search.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const folder = path.resolve(process.argv[2] ?? path.join(root, '../shared/measurements'));
/** @param {string} name */
const table = name => pathToFileURL(path.join(folder, name));

/** @typedef {import('../../test/cost/kernels/measured-kernels.js').MeasuredKernel} MeasuredKernel */
/** @typedef {import('../../test/cost/kernels/profile-device.js').OwnFacts} OwnFacts */
/** @typedef {import('../../src/cost/kernels/device.js').Device} Device */

const products = [
  {name: 'gemmEfficiency', start: 0.6, low: 0.3, high: 1},
  {name: 'smallTileLoss', start: 0.1, low: 0, high: 0.3},
  {name: 'halfDepth', start: 100, low: 0, high: 400},
];

/** Facts that are fitted together, for they share rows. */
const sets = [
  {
    ops: /^(forward|input|weight|grouped)/,
    facts: [
      ...products,
      {name: 'halfDepth32', start: 200, low: 0, high: 800},
      {name: 'groupedExposure', start: 0.5, low: 0, high: 1},
      {name: 'groupedIssue', start: 5e-6, low: 0, high: 20e-6},
    ],
  },
  {
    ops: /^attention forward/,
    facts: [
      {name: 'forward.rate', start: 0.6, low: 0.2, high: 0.9},
      {name: 'forward.tailRows', start: 60, low: 0, high: 300},
    ],
  },
  {
    ops: /^attention backward/,
    facts: [
      {name: 'backward.rate', start: 0.5, low: 0.2, high: 0.9},
      {name: 'backward.tailRows', start: 30, low: 0, high: 300},
    ],
  },
];

const kernelsModule = await importSource('test/cost/kernels/measured-kernels.ts');
const devicesModule = await importSource('test/cost/kernels/profile-device.ts');
/** Halves that are held out in turn, to see by how much the errors depend on the half. */
const numSplits = 30;

const kernels = {
  sets,
  read: (/** @type {number} */ split) => kernelsModule.readMeasuredKernels(table('gemm.csv'), split),
};
const forwardProducts = {
  sets: [{ops: /^forward/, facts: products}],
  read: (/** @type {number} */ split) => kernelsModule.readMeasuredProducts(table('kernels.csv'), split),
};
const tasks = [
  ...kernelsModule.kernelProfiles.map((/** @type {string} */ profile) => ({profile, ...kernels})),
  ...kernelsModule.productProfiles.map((/** @type {string} */ profile) => ({profile, ...forwardProducts})),
];

for (const task of tasks) {
  const {profile} = task;
  console.log(profile);
  const deviceWith = await devicesModule.deviceMaker(profile);
  /** @type {(split: number) => {readonly rows: MeasuredKernel[], readonly found: Record<string, number>}} */
  const fit = split => {
    const rows = task.read(split).filter((/** @type {MeasuredKernel} */ row) => row.profile === profile);
    return {
      rows,
      found: Object.assign(
        {},
        ...task.sets.map((/** @type {(typeof sets)[number]} */ set) => fitSet(set, rows, deviceWith)),
      ),
    };
  };
  const {rows, found} = fit(0);
  for (const [name, value] of Object.entries(found)) console.log(`  ${name} ${value.toPrecision(3)}`);
  printErrors(rows, deviceWith(asFacts(found)));
  const others = Array.from({length: numSplits}, (_, i) => fit(i + 1));
  for (const family of [null, ...kernelsModule.kernelFamilies]) {
    const own = (/** @type {MeasuredKernel} */ row) => family === null || row.family === family;
    if (!rows.some(own)) continue;
    const errors = others.map(other => {
      const heldOut = other.rows.filter(row => row.heldOut && own(row));
      return kernelsModule.medianError(heldOut, deviceWith(asFacts(other.found)));
    });
    errors.sort((a, b) => a - b);
    const [least, middle, most] = [0, numSplits / 2, numSplits - 1].map(i => percent(errors[i] ?? 0));
    console.log(
      `    ${family ?? 'all'}: ${numSplits} other halves held out, ${least} to ${most}, median ${middle}`,
    );
  }
}

/**
 * @param {(typeof sets)[number]} set
 * @param {readonly MeasuredKernel[]} rows
 * @param {(facts: OwnFacts) => Device} deviceWith
 */
function fitSet({ops, facts}, rows, deviceWith) {
  const fitted = rows.filter(({op, heldOut}) => ops.test(op) && !heldOut);
  return patternSearch(facts, values => meanLogError(fitted, deviceWith(asFacts(values))));
}

/** Facts by their name; those of a pass of attention are set in the kernel of the device. @param {Record<string, number>} values @returns {OwnFacts} */
function asFacts({gemmEfficiency, ...others}) {
  /** @type {Record<string, Record<string, number>>} */
  const passes = {};
  /** @type {Record<string, number>} */
  const facts = {};
  for (const [name, value] of Object.entries(others)) {
    const [pass, fact] = name.split('.');
    if (fact === undefined) facts[name] = value;
    else if (pass !== undefined) passes[pass] = {...passes[pass], [fact]: value};
  }
  return {
    ...facts,
    ...(gemmEfficiency === undefined ? {} : {gemmEfficiency: {default: gemmEfficiency}}),
    attention: passes,
  };
}

/** Mean rather than least squares: rows that ran before the device was hot are outliers, not the rule. @param {readonly MeasuredKernel[]} rows @param {Device} device */
function meanLogError(rows, device) {
  return (
    rows.reduce((sum, row) => sum + Math.abs(Math.log(row.predictSeconds(device) / row.seconds)), 0) /
    rows.length
  );
}

/** @param {number} value */
function percent(value) {
  return `${(100 * value).toFixed(1)} %`;
}

/** @param {readonly MeasuredKernel[]} rows @param {Device} device */
function printErrors(rows, device) {
  for (const op of [...new Set(rows.map(row => row.op)), null]) {
    const chosen = rows.filter(row => op === null || row.op === op);
    const columns = [false, true].map(heldOut => {
      const half = chosen.filter(row => row.heldOut === heldOut);
      const median = percent(kernelsModule.medianError(half, device));
      return `${heldOut ? 'held out' : 'fitted'} ${half.length} rows, median ${median}, mean ${percent(kernelsModule.meanError(half, device))}`;
    });
    console.log(`    ${(op ?? 'all').padEnd(26)} ${columns.join('; ')}`);
  }
}

/** The module that a TypeScript file compiles to: a file beside the packages and profiles that it reads. @param {string} source */
async function importSource(source) {
  const outfile = path.join(root, 'node_modules/.cache/fit', `${path.parse(source).name}.mjs`);
  await build({
    entryPoints: [path.join(root, source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}
