import {parse} from 'yaml';
import type {Calibration} from '../../calibration/fit/calibrate.js';
import {factsAt} from '../../calibration/fit/fact.js';
import {allFacts, yamlKey} from '../../frameworks/stack-fields.js';
import {writeFacts} from '../../frameworks/stated-facts.js';
import type {PlanValue} from '../edit/set-in-plan.js';
import {setStack} from '../edit/set-stack.js';
import {findHardware} from '../library/library.js';
import type {Problem} from '../problem.js';
import {readText} from '../read-text.js';
import {problemOfFile} from '../source.js';

type Section = Record<string, PlanValue>;

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
export async function writeCalibratedProfile(
  reference: string,
  {software, base, calibration, source}: CalibratedStack,
): Promise<{readonly text: string} | {readonly problem: Problem}> {
  const found = await findHardware(reference, ['.']);
  if ('message' in found) return {problem: problemOfFile(reference, found)};
  const file = readText(found.path);
  if ('message' in file) return {problem: problemOfFile(reference, file)};
  const content = parse(file.text) as {software?: Record<string, Section>};
  const own = content.software?.[software] ?? (software === base ? {} : {extends: base});
  const moved = calibration.facts.filter(({before, after}) => after !== before);
  const {stepResidual, measuredRange} = calibration.stack;
  const fitted = factsAt(moved.map(({fact, after}) => ({fact, value: after})));
  const section = {
    fitted_to: {file: source.file, rows: [...source.rows]},
    ...withSources(writeFacts({...fitted, stepResidual, measuredRange})),
  };
  const edited = setStack(file.text, software, merged(own, section));
  return 'message' in edited ? {problem: problemOfFile(reference, edited)} : {text: edited.text};
}

const residualSource = 'measured over predicted step time of runs that the facts were fitted without';

/** Each fitted fact with its source; a range needs none. */
function withSources({measured_range, step_residual, ...facts}: Section): Section {
  const cited = Object.entries(facts).map(([key, fact]) => [
    key,
    isMap(fact) ? {...fact, source: 'fitted'} : {value: fact, source: 'fitted'},
  ]);
  return {
    ...(Object.fromEntries(cited) as Section),
    ...(isMap(step_residual) ? {step_residual: {...step_residual, source: residualSource}} : {}),
    ...(measured_range === undefined ? {} : {measured_range}),
  };
}

const groups = Object.entries(allFacts.members).flatMap(([name, {kind}]) =>
  kind === 'group' ? [yamlKey(name)] : [],
);

/** What the fit leaves out stays, also inside groups of facts. */
function merged(under: Section, over: Section): Section {
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
