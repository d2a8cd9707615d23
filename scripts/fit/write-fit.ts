import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {measuredRangeOf, residualBand} from '../../src/calibration/fit/calibrate.js';
import type {CalibrationRun} from '../../src/calibration/fit/calibration-runs.js';
import {factsAt} from '../../src/calibration/fit/fact.js';
import type {Slopes} from '../../src/calibration/fit/fit-facts.js';
import {fitHierarchy, type Hierarchy} from '../../src/calibration/fit/hierarchy.js';
import {groupBy} from '../../src/calibration/statistics.js';
import type {Residual, SoftwareStack} from '../../src/frameworks/stack.js';
import {type StatedFacts, writeFacts} from '../../src/frameworks/stated-facts.js';
import {stackLines} from '../../src/plan-file/edit/set-stack.js';
import {compactRows, writeFittedRows} from '../../src/plan-file/frameworks/fitted-rows.js';
import {anyMachine} from '../../src/plan-file/frameworks/framework-data.js';
import {type Evidence, facts} from './evidence.js';
import type {HeldOutError} from './held-out.js';

/** What two kinds of held-out errors say of how far off a prediction may be. */
export interface Residuals {
  readonly sweep: readonly HeldOutError[];
  readonly source: readonly HeldOutError[];
}

/** Writes the fitted constants of every framework, on any machine and on each, into its file in `folder`. */
export function writeFit(evidence: Evidence, slopes: Slopes, residuals: Residuals, folder: string): void {
  const hierarchy = fitHierarchy(facts, evidence.runs, slopes);
  const widest = residualBand(residuals.source.map(({error}) => error));
  if (widest === null) throw new Error('no run to fit to');
  const context = {evidence, hierarchy, residuals, widest};
  for (const [name, {stack}] of Object.entries(evidence.profiles[0]?.software ?? {})) {
    const own = evidence.runs.filter(run => run.software === name);
    const machines = [...groupBy(own, run => run.hardware)].sort(([a], [b]) => (a < b ? -1 : 1));
    const sections = {
      [anyMachine]: onAnyMachine(stack, own, context),
      ...Object.fromEntries(machines.map(([machine, runs]) => [machine, onItsMachine(runs, context)])),
    };
    writeSections(path.join(folder, `${name}.yaml`), sections);
    const rows = machines.map(([machine, runs]) => ({
      machine,
      table: evidence.table,
      rows: compactRows(runs.map(run => run.id)),
    }));
    if (rows.length > 0) writeFileSync(path.join(folder, 'fits', `${name}.csv`), writeFittedRows(rows));
  }
}

interface FitContext {
  readonly evidence: Evidence;
  readonly hierarchy: Hierarchy;
  readonly residuals: Residuals;
  /** Band of a framework without held-out errors of its own. */
  readonly widest: Residual;
}

function onAnyMachine(
  base: SoftwareStack,
  own: readonly CalibrationRun[],
  {evidence, hierarchy, residuals, widest}: FitContext,
): StatedFacts {
  const errors = residuals.source.filter(({run}) => run.software === base.name).map(({error}) => error);
  const stack = hierarchy.onAnyMachine({hardware: '', software: base.name, stack: base});
  const memory = residualBand(evidence.memory.get(base.name) ?? []);
  return {
    ...movedFacts(base, stack),
    stepResidual: residualBand(errors) ?? widest,
    ...(memory === null ? {} : {memoryResidual: memory}),
    ...(own.length === 0 ? {} : {measuredRange: measuredRangeOf(own)}),
  };
}

/** @param runs of one framework on one machine */
function onItsMachine(
  runs: readonly CalibrationRun[],
  {hierarchy, residuals, widest}: FitContext,
): StatedFacts {
  const first = runs[0] as CalibrationRun;
  const errors = residuals.sweep
    .filter(({run}) => run.hardware === first.hardware && run.software === first.software)
    .map(({error}) => error);
  return {
    ...movedFacts(hierarchy.onAnyMachine(first), hierarchy.onItsMachine(first)),
    stepResidual: residualBand(errors) ?? widest,
    measuredRange: measuredRangeOf(runs),
  };
}

/** Facts that a fit moved by more than their last digit. */
function movedFacts(before: SoftwareStack, after: SoftwareStack): StatedFacts {
  const moved = facts.filter(fact => Math.abs(Math.log(fact.read(after) / fact.read(before))) > 0.005);
  return factsAt(moved.map(fact => ({fact, value: fact.read(after)})));
}

const heading = '# Written by `npm run fit`, to the rows of fits/.';

/** Fitted constants stand at the end of their file. */
function writeSections(file: string, sections: Readonly<Record<string, StatedFacts>>): void {
  const stated = readFileSync(file, 'utf8').replace(/\n*# Written by `npm run fit`[\s\S]*$/, '\n');
  const lines = Object.entries(sections).map(([machine, section]) =>
    stackLines(machine, writeFacts(section)),
  );
  writeFileSync(file, `${stated}\n${heading}\nfitted:\n${lines.join('')}`);
}
