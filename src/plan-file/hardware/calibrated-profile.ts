import {parse} from 'yaml';
import type {Calibration} from '../../calibration/fit/calibrate.js';
import {type FittedSection, fittedSection} from '../edit/fitted-facts.js';
import type {PlanValue} from '../edit/set-in-plan.js';
import {setStack} from '../edit/set-stack.js';
import {findReference} from '../library/library.js';
import type {Problem} from '../problem.js';
import {readText} from '../read-text.js';
import {problemOfFile} from '../source.js';

/** A stack that was fitted on a machine, and to what. */
export interface CalibratedStack {
  readonly software: string;
  /** Stack that the fit started from. */
  readonly base: string;
  readonly calibration: Calibration;
  readonly source: FitSource;
}

/** Rows that a stack was fitted to. */
export interface FitSource {
  readonly file: string;
  /** Ids of rows. */
  readonly rows: readonly string[];
}

/** The text of a machine's profile with a calibrated stack in it; all else stays as it is. */
export function writeCalibratedProfile(
  reference: string,
  {software, base, calibration, source}: CalibratedStack,
): {readonly text: string} | {readonly problem: Problem} {
  const found = findReference('hardware', reference, ['.']);
  if ('message' in found) return {problem: problemOfFile(reference, found)};
  const file = readText(found.path);
  if ('message' in file) return {problem: problemOfFile(reference, file)};
  const content = parse(file.text) as {software?: Record<string, Record<string, PlanValue>>};
  const own = content.software?.[software] ?? (software === base ? {} : {extends: base});
  const facts = calibration.facts
    .filter(({before, after}) => after !== before)
    .map(({fact, after}) => ({key: fact.key, unit: fact.unit, value: after}));
  const {stepResidual, measuredRange} = calibration.stack;
  const evidence = {step: stepResidual, memory: null, range: measuredRange};
  const section = {
    fitted_to: {file: source.file, rows: [...source.rows]},
    ...withSources(fittedSection(facts, evidence)),
  };
  const edited = setStack(file.text, software, merged(own, section));
  return 'message' in edited ? {problem: problemOfFile(reference, edited)} : {text: edited.text};
}

const residualSource = 'measured over predicted step time of runs that the facts were fitted without';

/** Each fitted fact with its source; a range needs none. */
function withSources({measured_range, step_residual, ...facts}: FittedSection): FittedSection {
  const cited = Object.entries(facts).map(([key, fact]) => [
    key,
    isMap(fact) ? {...fact, source: 'fitted'} : {value: fact, source: 'fitted'},
  ]);
  return {
    ...Object.fromEntries(cited),
    ...(isMap(step_residual) ? {step_residual: {...step_residual, source: residualSource}} : {}),
    ...(measured_range === undefined ? {} : {measured_range}),
  };
}

/** What the fit does not say of the stack stays, also inside its groups of facts. */
function merged(
  under: Record<string, PlanValue>,
  over: Record<string, PlanValue>,
): Record<string, PlanValue> {
  const groups = ['gemm_scale', 'overlap', 'link_scale'];
  const joined = {...under, ...over};
  for (const group of groups) {
    const [below, above] = [under[group], over[group]];
    if (isMap(below) && isMap(above)) joined[group] = {...below, ...above};
  }
  return joined;
}

function isMap(value: PlanValue | undefined): value is {readonly [key: string]: PlanValue} {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
