import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../plan/plan.js';
import type {Risk} from '../../units/band.js';
import {compareLayouts} from '../compare-layouts.js';
import type {EvaluatedPlan} from '../variants/evaluated-plan.js';
import {fasterShare, measureOf, replan} from './replan.js';
import {otherSettings, type SensitivityParameter, sensitivityParameters} from './sensitivity-parameters.js';

/** What one figure of a plan is worth. */
export interface Sensitivity {
  readonly name: string;
  readonly kind: 'hardware' | 'setting';
  readonly changes: readonly Change[];
}

/** A plan with one change and its layout planned again. */
export interface Change {
  /** `x 2`, `/ 2`, or the other choice in a word. */
  readonly word: string;
  /** Gain of the run by the measure of the goal: 0.2 is 20 % faster; null if nothing fits. */
  readonly faster: number | null;
  /** The layout that is best then, where it is another one. */
  readonly newLayout: Layout | null;
}

export interface SensitivityOptions {
  readonly risk?: Risk;
  /** The best of the plan as it is, where it is known. */
  readonly best?: EvaluatedPlan;
}

/**
 * Effect of doubling and halving each hardware figure and setting, one at a time. The whole plan is searched
 * again for each. Nothing is yielded for a plan of which no layout fits.
 */
export function* sensitivities(plan: Plan, options: SensitivityOptions = {}): Generator<Sensitivity> {
  const {risk = 'p50'} = options;
  const before = options.best ?? replan(plan, risk, null);
  if (before === null) return;
  const change = (word: string, changed: Plan | null): Change[] => {
    if (changed === null) return [];
    const after = replan(changed, risk, before);
    if (after === null) return [{word, faster: null, newLayout: null}];
    const [was, is] = [before.candidate.layout, after.candidate.layout];
    return [
      {
        word,
        faster: fasterShare(before, after, measureOf(plan)),
        newLayout: compareLayouts(was, is) === 0 ? null : is,
      },
    ];
  };
  for (const parameter of sensitivityParameters(plan)) {
    yield {
      ...named(parameter),
      changes: [...change('/ 2', parameter.scale(plan, 1 / 2)), ...change('x 2', parameter.scale(plan, 2))],
    };
  }
  for (const {name, kind, word, plan: changed} of otherSettings(plan)) {
    yield {name, kind, changes: change(word, changed)};
  }
}

function named({name, kind}: SensitivityParameter): Pick<SensitivityParameter, 'name' | 'kind'> {
  return {name, kind};
}

/** How many sensitivities a plan has. */
export function countSensitivities(plan: Plan): number {
  return sensitivityParameters(plan).length + otherSettings(plan).length;
}

/** How far a figure swings the answer, either way. */
export function swing({changes}: Sensitivity): number {
  return Math.max(0, ...changes.map(({faster}) => (faster === null ? 0 : Math.abs(faster))));
}
