/**
 * Fits the constants of frameworks to measured runs, and writes them into their files with the errors that
 * held-out runs leave; the errors also go to cross-validation.json.
 *
 * usage: npm run fit [-- measurements.csv] [--errors-only] [--without SOURCES] [--out DIR]
 *
 * --errors-only    writes the errors alone
 * --without a,b    leaves out the rows whose ids start with a or b; what is written goes to --out
 * --out DIR        writes frameworks/ and cross-validation.json there (default: hardware-profiles, or with
 *                  --without a folder for temporary files); `WALLTIME_PROFILES=DIR` makes walltime read them
 *
 * Takes minutes: each sweep and each source is predicted by constants that were fitted without it.
 */
import {cpSync, mkdirSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';
import {build} from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const shipped = path.join(root, 'hardware-profiles');
const outfile = path.join(root, 'node_modules/.cache/fit/stack-fit.mjs');
await build({
  entryPoints: [path.join(root, 'scripts/fit/stack-fit.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'error',
});
const fit = await import(pathToFileURL(outfile).href);

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    'errors-only': {type: 'boolean', default: false},
    without: {type: 'string', default: ''},
    out: {type: 'string'},
  },
});
const table = positionals[0] ?? path.join(root, '../shared/measurements/measurements.csv');
const without = values.without.split(',').filter(source => source !== '');
const temporary = path.join(tmpdir(), `walltime-fit-without-${without.join('-')}`);
const out = path.resolve(values.out ?? (without.length > 0 ? temporary : shipped));
const evidence = await fit.readEvidence(root, table, without);
const started = Date.now();
/** @param {string} what */
const report = what => console.error(`${((Date.now() - started) / 1000).toFixed(0)} s ${what}`);

/** Rows that a team measures in an afternoon. */
const fewRows = 8;
/** Parts in which sweeps are held out. */
const folds = 5;

const slopes = fit.slopesOfRuns(evidence.runs);
report('slopes known');
const sweep = fit.bySweep(evidence.runs, slopes, folds);
report('sweeps held out');
const source = fit.bySource(evidence.runs, slopes);
report('sources held out');
const calibrated = fit.afterCalibration(evidence.runs, slopes, fewRows);
report(`sources held out but for ${fewRows} rows`);
mkdirSync(out, {recursive: true});
if (!values['errors-only']) {
  const folder = path.join(out, 'frameworks');
  if (out !== shipped) cpSync(path.join(shipped, 'frameworks'), folder, {recursive: true});
  fit.writeFit(evidence, slopes, {sweep, source}, folder);
  report(`${folder} written`);
}
const accuracy = {
  table: evidence.table,
  ...(without.length > 0 ? {without} : {}),
  rows: evidence.runs.length,
  heldOutSweeps: fit.summary(sweep),
  heldOutSources: fit.summary(source),
  heldOutSourcesCalibrated: {rowsUsed: fewRows, ...fit.summary(calibrated)},
};
writeFileSync(path.join(out, 'cross-validation.json'), `${JSON.stringify(accuracy, null, 2)}\n`);
console.log(JSON.stringify(accuracy, null, 2));
