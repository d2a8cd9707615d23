import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {parse, stringify} from 'yaml';
import {calibrate} from '../../src/calibration/fit/calibrate.js';
import {crossFit} from '../../src/calibration/fit/cross-fit.js';
import {logError, type Slopes, slopesAt} from '../../src/calibration/fit/fit-facts.js';
import {fitHierarchy, type Hierarchy} from '../../src/calibration/fit/hierarchy.js';
import {measuredRangeOf} from '../../src/calibration/fit/measured-range.js';
import {residualBand} from '../../src/calibration/fit/residual-band.js';
import {stackFacts} from '../../src/calibration/fit/stack-facts.js';
import type {TimedRun} from '../../src/calibration/fit/timed-run.js';
import {groupBy} from '../../src/calibration/group-by.js';
import {predictMeasurement} from '../../src/calibration/predict-measurement.js';
import {mean, median} from '../../src/calibration/statistics.js';
import {type MatchedRow, matchToProfiles} from '../../src/cli/measured/match-rows.js';
import {timedRuns} from '../../src/cli/measured/timed-runs.js';
import {readCsvTable} from '../../src/import/csv-table.js';
import {type FittedSection, fittedSection} from '../../src/plan-file/edit/fitted-facts.js';
import {setStack, stackLines} from '../../src/plan-file/edit/set-stack.js';
import type {HardwareProfile} from '../../src/plan-file/hardware/hardware-profile.js';
import {makeCluster} from '../../src/plan-file/hardware/make-cluster.js';
import {readHardwareText} from '../../src/plan-file/hardware/read-hardware.js';

export const facts = stackFacts(new Set(['fp8', 'mxfp8', 'nvfp4']));

const stacksFile = 'software-stacks.yaml';

/** A table of runs, and the profiles of the package as they stand before any fit of stacks. */
export interface Evidence {
  readonly root: string;
  readonly table: string;
  readonly profiles: readonly HardwareProfile[];
  readonly runs: readonly TimedRun[];
  /** By stack: logarithms of predicted over measured memory. */
  readonly memory: ReadonlyMap<string, readonly number[]>;
}

/**
 * Slopes of all runs where a first fit ends: they hold near there, whichever runs are held out, and
 * spare the fits of held-out runs nine tenths of the work.
 */
export function slopesOfRuns(runs: readonly TimedRun[]): Slopes {
  const stated = slopesAt(facts, run => run.stack);
  const first = fitHierarchy(facts, runs, stated);
  return slopesAt(facts, first.onItsMachine);
}

/** Reads the table and the profiles without what an earlier fit wrote into them. */
export async function readEvidence(root: string, table: string): Promise<Evidence> {
  const folder = path.join(root, 'hardware-profiles');
  const stacks = withoutFit(readFileSync(path.join(folder, stacksFile), 'utf8'));
  const names = readdirSync(folder).filter(name => name.endsWith('.yaml') && name !== stacksFile);
  const read = await Promise.all(
    names.map(name =>
      readHardwareText(
        {path: name, text: withoutFit(readFileSync(path.join(folder, name), 'utf8'))},
        {path: stacksFile, text: stacks},
      ),
    ),
  );
  const profiles = read.map(profile => {
    if ('problems' in profile) throw new Error(JSON.stringify(profile.problems));
    return profile.profile;
  });
  const rows = readCsvTable(readFileSync(table, 'utf8'));
  if ('problems' in rows) throw new Error(JSON.stringify(rows.problems));
  const matched = await matchToProfiles(rows.rows, profiles, {hardware: null, software: null});
  return {
    root,
    table: path.basename(table),
    profiles,
    runs: timedRuns(matched),
    memory: memoryErrors(matched),
  };
}

function memoryErrors(rows: readonly MatchedRow[]): ReadonlyMap<string, readonly number[]> {
  const errors = rows.flatMap(row => {
    if ('reason' in row) return [];
    const {run, profile, software, stack} = row;
    const measured = run.measured.peakMemoryBytes;
    if (measured === null) return [];
    const predicted = predictMeasurement(run, makeCluster(profile, stack, run.numDevices));
    if ('reason' in predicted) return [];
    return [{software, error: Math.log(predicted.peakMemoryBytes / measured)}];
  });
  return new Map(
    [...groupBy(errors, ({software}) => software)].map(([software, own]) => [
      software,
      own.map(({error}) => error),
    ]),
  );
}

/** The text of a profile without `fitted` stacks and without sections that say what they were fitted to. */
function withoutFit(text: string): string {
  const content = parse(text) as Record<string, unknown>;
  delete content.fitted;
  const software = (content.software ?? {}) as Record<string, {fitted_to?: unknown}>;
  for (const [name, section] of Object.entries(software)) {
    if (section.fitted_to !== undefined) delete software[name];
  }
  return stringify(content);
}

/** Errors of predictions by constants that were fitted without the run. */
export interface HeldOutError {
  readonly run: TimedRun;
  /** Logarithm of predicted over measured. */
  readonly error: number;
}

/** Each sweep predicted by constants fitted without it. */
export function bySweep(runs: readonly TimedRun[], slopes: Slopes, folds: number): readonly HeldOutError[] {
  return heldOut(runs, slopes, run => run.sweep, folds);
}

/** Each source predicted by constants fitted without it. */
export function bySource(runs: readonly TimedRun[], slopes: Slopes): readonly HeldOutError[] {
  return heldOut(runs, slopes, run => run.source, Number.POSITIVE_INFINITY);
}

function heldOut(
  runs: readonly TimedRun[],
  slopes: Slopes,
  key: (run: TimedRun) => string,
  folds: number,
): readonly HeldOutError[] {
  const fits = crossFit(runs, key, folds, training => fitHierarchy(facts, training, slopes));
  return fits.map(({run, fit}) => ({run, error: logError(run, run.predict(fit.onItsMachine(run)))}));
}

/** Where in each of its parts of the runs a calibration takes one: what few runs say depends on which. */
const draws = [1 / 6, 1 / 2, 5 / 6];

/** Runs of a source that was left out, by a stack calibrated on a few of its runs, for several choices of them. */
export function afterCalibration(
  runs: readonly TimedRun[],
  slopes: Slopes,
  numRows: number,
): readonly HeldOutError[] {
  const large = [...groupBy(runs, run => run.source)].filter(([, own]) => own.length >= 3 * numRows);
  return large.flatMap(([source, own]) => {
    const others = fitHierarchy(
      facts,
      runs.filter(run => run.source !== source),
      slopes,
    );
    return [...groupBy(own, run => `${run.hardware} ${run.software}`).values()]
      .filter(pair => pair.length >= 3 * numRows)
      .flatMap(pair => draws.flatMap(draw => calibratedOn(pair, others, chosenAt(pair, numRows, draw))));
  });
}

function chosenAt(runs: readonly TimedRun[], count: number, draw: number): ReadonlySet<TimedRun> {
  return new Set(
    Array.from({length: count}, (_, i) => runs[Math.floor(((i + draw) * runs.length) / count)] as TimedRun),
  );
}

/** Errors of the runs that the calibration has not seen. */
function calibratedOn(
  runs: readonly TimedRun[],
  others: Hierarchy,
  chosen: ReadonlySet<TimedRun>,
): readonly HeldOutError[] {
  const {stack} = calibrate(others.onItsMachine(runs[0] as TimedRun), facts, [...chosen]);
  return runs.filter(run => !chosen.has(run)).map(run => ({run, error: logError(run, run.predict(stack))}));
}

/** Accuracy of held-out predictions of one source. */
export interface SourceAccuracy {
  readonly source: string;
  readonly rows: number;
  readonly mape: number;
  readonly median: number;
}

export function accuracyBySource(errors: readonly HeldOutError[]): readonly SourceAccuracy[] {
  return [...groupBy(errors, ({run}) => run.source)].map(([source, own]) => {
    const sizes = own.map(({error}) => Math.abs(Math.exp(error) - 1));
    return {source, rows: own.length, mape: mean(sizes), median: median(sizes)};
  });
}

/** What two kinds of held-out errors say of how far off a prediction may be. */
export interface Residuals {
  readonly sweep: readonly HeldOutError[];
  readonly source: readonly HeldOutError[];
}

/** Writes the fitted facts of every stack, on any machine and on each, into the profiles. */
export function writeFit(
  {root, table, profiles, runs, memory}: Evidence,
  slopes: Slopes,
  residuals: Residuals,
): void {
  const hierarchy = fitHierarchy(facts, runs, slopes);
  const folder = path.join(root, 'hardware-profiles');
  const everywhere: Record<string, FittedSection> = {};
  const widest = residualBand(residuals.source.map(({error}) => error));
  const names = Object.keys(profiles[0]?.software ?? {});
  for (const name of names) {
    const own = runs.filter(run => run.software === name);
    const base = profiles[0]?.software[name]?.stack;
    if (base === undefined || widest === null) continue;
    const errors = residuals.source.filter(({run}) => run.software === name).map(({error}) => error);
    const stack = hierarchy.onAnyMachine({hardware: '', software: name, stack: base});
    everywhere[name] = fittedSection(
      statedFacts(base, stack),
      {file: table, rows: (own.length > 0 ? own : runs).map(run => run.id)},
      {
        step: residualBand(errors) ?? widest,
        memory: residualBand(memory.get(name) ?? []),
        range: own.length > 0 ? measuredRangeOf(own) : null,
      },
    );
  }
  writeEverywhere(path.join(folder, stacksFile), everywhere);
  for (const profile of profiles) {
    for (const [name, own] of groupBy(
      runs.filter(run => run.hardware === profile.name),
      run => run.software,
    )) {
      const first = own[0] as TimedRun;
      const errors = residuals.sweep
        .filter(({run}) => run.hardware === profile.name && run.software === name)
        .map(({error}) => error);
      const stack = hierarchy.onItsMachine(first);
      const above = hierarchy.onAnyMachine(first);
      writeStack(
        path.join(folder, `${profile.name}.yaml`),
        name,
        fittedSection(
          statedFacts(above, stack),
          {file: table, rows: own.map(run => run.id)},
          {
            step: residualBand(errors) ?? widest ?? first.stack.stepResidual,
            memory: null,
            range: measuredRangeOf(own),
          },
        ),
      );
    }
  }
}

/** Facts that a fit moved by more than their last digit. */
function statedFacts(before: TimedRun['stack'], after: TimedRun['stack']) {
  return facts
    .filter(fact => Math.abs(Math.log(fact.read(after) / fact.read(before))) > 0.005)
    .map(fact => ({key: fact.key, unit: fact.unit, value: fact.read(after)}));
}

function writeStack(file: string, name: string, section: FittedSection): void {
  const edited = setStack(readFileSync(file, 'utf8'), name, section);
  if ('message' in edited) throw new Error(`${file}: ${edited.message}`);
  writeFileSync(file, edited.text);
}

/** Fitted stacks stand at the end of their file. */
function writeEverywhere(file: string, sections: Readonly<Record<string, FittedSection>>): void {
  const stated = readFileSync(file, 'utf8').replace(/\n*# Written by `npm run fit`[\s\S]*$/, '');
  const lines = Object.entries(sections).map(([name, section]) => stackLines(name, section));
  const heading =
    '# Written by `npm run fit`; what a profile says of a stack on its machine comes before it.';
  writeFileSync(file, `${stated}\n${heading}\nfitted:\n${lines.join('')}`);
}

/** Sources with fewer rows, or whose single runs are too noisy, do not count in means over sources. */
const fewestRows = 10;
const noisy = ['nanotron', 'bigsciV100'];

/** Held-out errors by source, over sources and over rows. */
export function summary(errors: readonly HeldOutError[]) {
  const sources = accuracyBySource(errors);
  const counted = sources.filter(({source, rows}) => rows >= fewestRows && !noisy.includes(source));
  const sizes = errors.map(({error}) => Math.abs(Math.exp(error) - 1));
  const quiet = errors
    .filter(({run}) => !noisy.includes(run.source))
    .map(({error}) => Math.abs(Math.exp(error) - 1));
  const percent = (value: number) => Number((100 * value).toFixed(2));
  return {
    meanOverSources: {
      sources: counted.length,
      mapePercent: percent(mean(counted.map(({mape}) => mape))),
      medianPercent: percent(mean(counted.map(source => source.median))),
    },
    overRows: {rows: sizes.length, medianPercent: percent(median(sizes))},
    overRowsOfQuietSources: {rows: quiet.length, medianPercent: percent(median(quiet))},
    sources: sources.map(({source, rows, mape, median: middle}) => ({
      source,
      rows,
      mapePercent: percent(mape),
      medianPercent: percent(middle),
    })),
  };
}
