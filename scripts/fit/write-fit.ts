import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {stringify} from 'yaml';
import {measuredRangeOf, residualBand} from '../../src/calibration/fit/calibrate.js';
import type {CalibrationRun} from '../../src/calibration/fit/calibration-runs.js';
import {factsAt} from '../../src/calibration/fit/fact.js';
import type {Slopes} from '../../src/calibration/fit/fit-facts.js';
import {fitHierarchy, type Hierarchy} from '../../src/calibration/fit/hierarchy.js';
import {groupBy} from '../../src/calibration/statistics.js';
import type {Residual, SoftwareStack} from '../../src/frameworks/stack.js';
import {type StatedFacts, writeFacts} from '../../src/frameworks/stated-facts.js';
import {compactRows, writeFittedRows} from '../../src/plan-file/frameworks/fitted-rows.js';
import {anyMachine, type Frameworks} from '../../src/plan-file/frameworks/framework-data.js';
import {resolveStacks} from '../../src/plan-file/frameworks/resolve-stacks.js';
import {type Evidence, facts} from './evidence.js';
import type {HeldOutError} from './held-out.js';

/** What two kinds of held-out errors say of how far off a prediction may be. */
export interface Residuals {
  readonly sweep: readonly HeldOutError[];
  readonly source: readonly HeldOutError[];
}

/**
 * Writes the fitted constants of every framework, on any machine and on each, into its file in `folder`:
 * those alone that differ from what it inherits.
 */
export function writeFit(evidence: Evidence, slopes: Slopes, residuals: Residuals, folder: string): void {
  const widest = residualBand(residuals.source.map(({error}) => error));
  if (widest === null) throw new Error('no run to fit to');
  const hierarchy = fitHierarchy(facts, evidence.runs, slopes);
  let {frameworks} = evidence;
  for (const name of parentsFirst(frameworks)) {
    const fitted = fittedConstants(name, {evidence, frameworks, hierarchy, residuals, widest});
    const data = frameworks[name];
    if (data !== undefined) frameworks = {...frameworks, [name]: {...data, fitted}};
    writeSections(path.join(folder, `${name}.yaml`), fitted);
    writeRows(path.join(folder, 'fits', `${name}.csv`), name, evidence);
  }
}

interface FitContext {
  readonly evidence: Evidence;
  /** With the constants of those written so far, parents among them. */
  readonly frameworks: Frameworks;
  readonly hierarchy: Hierarchy;
  readonly residuals: Residuals;
  /** Band of a framework without runs. */
  readonly widest: Residual;
}

/** Stack and those that it extends, the nearest first. */
function lineOf(frameworks: Frameworks, name: string): string[] {
  const parent = frameworks[name]?.stated.extends;
  return parent == null ? [name] : [name, ...lineOf(frameworks, parent)];
}

/** A stack without `extends` inherits from `generic`. */
function parentsFirst(frameworks: Frameworks): string[] {
  const depth = (name: string) => (name === 'generic' ? 0 : lineOf(frameworks, name).length);
  return Object.keys(frameworks).sort((a, b) => depth(a) - depth(b));
}

function fittedConstants(name: string, context: FitContext): Record<string, StatedFacts> {
  const {evidence, frameworks, hierarchy, residuals} = context;
  const own = evidence.runs.filter(run => run.software === name);
  const everywhere = onAnyMachine(name, own, context);
  const fitted: Record<string, StatedFacts> = isEmpty(everywhere) ? {} : {[anyMachine]: everywhere};
  for (const [machine, runs] of runsByMachine(own)) {
    const known = {...frameworks, [name]: {...frameworks[name], fitted} as Frameworks[string]};
    const above = stackOn(known, name, machine);
    const stack = stackOn(evidence.frameworks, name, machine);
    const errors = residuals.sweep
      .filter(({run}) => run.hardware === machine && run.software === name)
      .map(({error}) => error);
    const step = residualBand(errors) ?? context.widest;
    const range = measuredRangeOf(runs);
    fitted[machine] = {
      ...movedFacts(above, hierarchy.onItsMachine({hardware: machine, software: name, stack})),
      ...(isNear(step, above.stepResidual) ? {} : {stepResidual: step}),
      ...(isDeepStrictEqual(range, above.measuredRange) ? {} : {measuredRange: range}),
    };
  }
  return fitted;
}

function onAnyMachine(
  name: string,
  own: readonly CalibrationRun[],
  {evidence, frameworks, hierarchy, residuals, widest}: FitContext,
): StatedFacts {
  const line = lineOf(frameworks, name);
  const fitted = line.find(ancestor => evidence.runs.some(run => run.software === ancestor)) ?? name;
  const stack = stackOn(evidence.frameworks, name, anyMachine);
  const above = stackOn(frameworks, name, anyMachine);
  const moved = movedFacts(above, hierarchy.onAnyMachine({hardware: anyMachine, software: fitted, stack}));
  if (frameworks[name]?.fittedWith !== null) return moved;
  const errors = residuals.source.filter(({run}) => run.software === name).map(({error}) => error);
  const step = residualBand(errors) ?? widest;
  const memory = residualBand(evidence.memory.get(name) ?? []);
  return {
    ...moved,
    ...(isNear(step, above.stepResidual) ? {} : {stepResidual: step}),
    ...(memory === null ? {} : {memoryResidual: memory}),
    ...(own.length === 0 ? {} : {measuredRange: measuredRangeOf(own)}),
  };
}

function stackOn(frameworks: Frameworks, name: string, machine: string): SoftwareStack {
  const resolved = resolveStacks({frameworks, machine, own: {}});
  const stack = 'software' in resolved ? resolved.software[name]?.stack : undefined;
  if (stack === undefined) throw new Error(`no stack ${name} on ${machine}`);
  return stack;
}

function runsByMachine(runs: readonly CalibrationRun[]): [string, readonly CalibrationRun[]][] {
  return [...groupBy(runs, run => run.hardware)].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A constant that a fit moves by less than this share stays as it is inherited. */
const leastMove = 0.01;

function movedFacts(before: SoftwareStack, after: SoftwareStack): StatedFacts {
  const moved = facts.filter(fact => Math.abs(Math.log(fact.read(after) / fact.read(before))) > leastMove);
  return factsAt(moved.map(fact => ({fact, value: fact.read(after)})));
}

function isNear(a: Residual, b: Residual): boolean {
  return Math.abs(Math.log(a.p10 / b.p10)) < leastMove && Math.abs(Math.log(a.p90 / b.p90)) < leastMove;
}

function isEmpty(constants: StatedFacts): boolean {
  return Object.keys(constants).length === 0;
}

/** Fitted constants stand at the end of their file, a line for each machine. */
function writeSections(file: string, fitted: Readonly<Record<string, StatedFacts>>): void {
  const stated = readFileSync(file, 'utf8').replace(/^fitted:[\s\S]*$/m, '');
  const lines = Object.entries(fitted).map(
    ([machine, constants]) =>
      `  ${machine}: ${stringify(writeFacts(constants), {collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false})}`,
  );
  writeFileSync(file, lines.length === 0 ? stated : `${stated}fitted: # by npm run fit\n${lines.join('')}`);
}

function writeRows(file: string, name: string, {runs, table, ids}: Evidence): void {
  const own = runsByMachine(runs.filter(run => run.software === name));
  if (own.length > 0) {
    const rows = own.map(([machine, fits]) => ({
      machine,
      table,
      rows: compactRows(
        fits.map(run => run.id),
        ids,
      ),
    }));
    writeFileSync(file, writeFittedRows(rows));
  } else if (existsSync(file)) {
    rmSync(file);
  }
}
