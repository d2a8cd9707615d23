import {dirname} from 'node:path';
import {type Command, Option} from 'commander';
import type {PlanVariants} from '../plan/variant.js';
import {readHardware} from '../plan-file/library/library.js';
import {planOn} from '../plan-file/plan-on.js';
import {type Problem, sortProblems} from '../plan-file/problem.js';
import {type ReadPlan, readPlan} from '../plan-file/read-plan.js';
import {problemOfFile} from '../plan-file/source.js';
import {type ComparedPlan, type ComparisonOrder, comparisonOrders, sortPlans} from '../report/comparison.js';
import {comparisonJson} from '../report/json/comparison-json.js';
import {makeSimulation} from '../report/simulation.js';
import {renderComparison} from '../report/text/comparison-text.js';
import {memoryWarnings} from '../report/warnings.js';
import {type ExitCode, exitCodes} from './answer/exit-code.js';
import {printJson, printLines, printProblems} from './answer/output.js';
import {makeProgress} from './answer/progress.js';
import {stdoutStyle} from './answer/terminal-style.js';
import {loadPlan, solutionProblems, solveSpace} from './planning/solve-plan.js';
import {version} from './version.js';

interface CompareOptions {
  readonly hardware?: readonly string[];
  readonly sort?: ComparisonOrder;
  readonly json: boolean;
}

export function declareCompare(command: Command): void {
  command
    .argument('<file...>', 'plan files')
    .option(
      '--hardware <profiles>',
      'each plan on these machines, with commas between: names or paths',
      names,
    )
    .addOption(new Option('--sort <figure>', 'put the best one first').choices(comparisonOrders))
    .option('--json', 'print one JSON document', false)
    .addHelpText(
      'after',
      `
Each plan is taken as it stands: with its layout, or with the best one of those that it leaves open.
With --hardware it is planned again on every machine, on as many devices and with the same software;
its layout section and what it states of its own machine (price, overrides) do not count there.

All columns have one rule for prices. Plans as they stand: the price that the plan states, or else the
list price of its profile. With --hardware: list prices of the profiles. A plan of which nothing fits
shows why in its column.

Examples:
  $ walltime compare plans/frontier-175b.yaml plans/selene-175b.yaml
  $ walltime compare plans/llama-3-70b-h100.yaml --hardware a100-80gb,h100-sxm,mi300x --sort cost

Exit status: 0 done, 1 no plan fits and meets its goal, 2 bad input`,
    )
    .action(async (files: string[], options: CompareOptions) => {
      process.exitCode = await compare(files, options);
    });
}

/** Which price each column is held against. */
const priceRules = {
  plan: 'prices: as each plan states, or else the list price of its profile',
  profile: 'prices: list prices of the profiles',
} as const;

function names(text: string): readonly string[] {
  return text
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
}

async function compare(files: readonly string[], options: CompareOptions): Promise<ExitCode> {
  const read = await readCandidates(files, options);
  if ('problems' in read) return printProblems(sortProblems(read.problems), options);
  const progress = makeProgress('planning');
  const plans: ComparedPlan[] = [];
  for (const candidate of read.candidates) {
    progress.update(plans.length, read.candidates.length);
    plans.push(solveCandidate(candidate));
  }
  progress.finish();
  const ordered = options.sort === undefined ? plans : sortPlans(plans, options.sort);
  const prices = options.hardware === undefined ? 'plan' : 'profile';
  if (options.json) printJson({...comparisonJson(ordered, version), prices});
  else printLines([...renderComparison(stdoutStyle(), ordered), '', priceRules[prices]]);
  return plans.some(({simulation}) => simulation?.meetsGoal) ? exitCodes.done : exitCodes.noPlan;
}

/** A plan to solve, or why it cannot run where it was asked for. */
interface Candidate {
  readonly label: string;
  readonly space: PlanVariants | {readonly reasons: readonly string[]};
}

type Candidates = {readonly candidates: readonly Candidate[]} | {readonly problems: readonly Problem[]};

async function readCandidates(files: readonly string[], {hardware}: CompareOptions): Promise<Candidates> {
  if (hardware === undefined) return statedCandidates(files);
  const read = await Promise.all(files.map(file => readPlan(file)));
  const wrong = read.flatMap(plan => ('problems' in plan ? plan.problems : []));
  const plans = read.flatMap(plan => ('problems' in plan ? [] : [plan]));
  if (hardware.length === 0) {
    wrong.push(problemOfFile('--hardware', {message: 'names no machine', hint: 'such as h100-sxm,mi300x'}));
  }
  const several = files.length > 1;
  const found = await Promise.all(
    plans.map(plan => onMachines(plan, hardware, several ? `${plan.plan.name}, ` : '')),
  );
  const problems = [...wrong, ...found.flatMap(of => ('problems' in of ? of.problems : []))];
  if (problems.length > 0) return {problems};
  return {candidates: found.flatMap(of => ('candidates' in of ? of.candidates : []))};
}

/** The plans as their files state them. */
async function statedCandidates(files: readonly string[]): Promise<Candidates> {
  const loaded = await Promise.all(files.map(file => loadPlan(file)));
  const problems = loaded.flatMap(plan => ('problems' in plan ? plan.problems : solutionProblems(plan)));
  if (problems.length > 0) return {problems};
  return {
    candidates: loaded.flatMap(plan =>
      'problems' in plan ? [] : [{label: plan.plan.name, space: plan.space}],
    ),
  };
}

/** Paths of machines start in the folder of the plan, or here. */
async function onMachines(plan: ReadPlan, machines: readonly string[], prefix: string): Promise<Candidates> {
  const folders = [dirname(plan.source.path), '.'];
  const read = await Promise.all(machines.map(name => readHardware(name, folders)));
  const problems = read.flatMap(machine => ('problems' in machine ? machine.problems : []));
  if (problems.length > 0) return {problems};
  return {
    candidates: read.flatMap(machine =>
      'profile' in machine
        ? [{label: prefix + machine.profile.name, space: planOn(plan, machine.profile)}]
        : [],
    ),
  };
}

function solveCandidate({label, space}: Candidate): ComparedPlan {
  if ('reasons' in space) return {label, simulation: null, reasons: space.reasons};
  const solved = solveSpace(space);
  if ('simulation' in solved) {
    return {label, simulation: solved.simulation, reasons: solved.simulation.missed};
  }
  if ('problems' in solved) {
    return {label, simulation: null, reasons: solved.problems.map(({message}) => message)};
  }
  const {smallest} = solved.failed;
  if (smallest === null) {
    return {label, simulation: null, reasons: ['no layout divides the devices, the heads and the batch']};
  }
  const {variant, candidate} = smallest;
  return {
    label,
    simulation: makeSimulation(variant.plan, candidate.layout, candidate.estimate),
    reasons: memoryWarnings(candidate.estimate.memory).map(
      reason => `no layout fits; the smallest ${reason}`,
    ),
  };
}
