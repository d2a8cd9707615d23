import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {parse} from 'yaml';
import type {Slopes} from '../../src/calibration/fit/fit-facts.js';
import {fitHierarchy} from '../../src/calibration/fit/hierarchy.js';
import {measuredRangeOf} from '../../src/calibration/fit/measured-range.js';
import {residualBand} from '../../src/calibration/fit/residual-band.js';
import type {TimedRun} from '../../src/calibration/fit/timed-run.js';
import {groupBy} from '../../src/calibration/group-by.js';
import {type FittedSection, fittedSection} from '../../src/plan-file/edit/fitted-facts.js';
import {dropStack, setStack, stackLines} from '../../src/plan-file/edit/set-stack.js';
import {type Evidence, facts, stacksFile} from './evidence.js';
import type {HeldOutError} from './held-out.js';

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
    const file = path.join(folder, `${profile.name}.yaml`);
    const fitted = new Set(runs.filter(run => run.hardware === profile.name).map(run => run.software));
    dropStale(file, fitted);
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
        file,
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

/** Takes out what an earlier fit wrote of stacks that none of today's runs is of. */
function dropStale(file: string, fitted: ReadonlySet<string>): void {
  const {software = {}} = parse(readFileSync(file, 'utf8')) as {
    software?: Record<string, {fitted_to?: unknown}>;
  };
  for (const [name, section] of Object.entries(software ?? {})) {
    if (section.fitted_to === undefined || fitted.has(name)) continue;
    const edited = dropStack(readFileSync(file, 'utf8'), name);
    if ('message' in edited) throw new Error(`${file}: ${edited.message}`);
    writeFileSync(file, edited.text);
  }
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
