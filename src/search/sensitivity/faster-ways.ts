import type {Plan} from '../../plan/plan.js';
import type {Risk} from '../../units/band.js';
import type {EvaluatedPlan} from '../variants/evaluated-plan.js';
import {fasterShare, measureOf, replan} from './replan.js';
import {otherSettings, type SensitivityParameter, sensitivityParameters} from './sensitivity-parameters.js';

/** One thing by which a plan can be made as much faster as is wanted, or how far it goes towards that. */
export interface FasterWay {
  readonly name: string;
  readonly kind: 'hardware' | 'setting';
  /** The least factor of a figure that is enough; null for a choice, and where none up to 64 is. */
  readonly factor: number | null;
  /** The choice to make; null for a figure. */
  readonly word: string | null;
  readonly reaches: boolean;
  /** At that factor or choice; where it does not reach, the most that it gives. */
  readonly faster: number;
}

/** Largest exponent of 2 that is tried: a figure that must improve 64 times does not matter. */
const farthest = 6;
/** Halvings of the range of exponents: the factor is known to a twentieth. */
const halvings = 7;

/**
 * Which single figure or setting would make the plan `share` faster, and by how much it would have to
 * change, with the layout planned again at each step.
 *
 * @param share 0.2: the run takes 1 / 1.2 of the time, or costs as much less where the goal is cost
 */
export function* fasterWays(
  plan: Plan,
  share: number,
  {risk = 'p50', best}: {readonly risk?: Risk; readonly best?: EvaluatedPlan} = {},
): Generator<FasterWay> {
  const before = best ?? replan(plan, risk, null);
  if (before === null) return;
  const gain = (changed: Plan | null): number | null => {
    const after = changed === null ? null : replan(changed, risk, before);
    return after === null ? null : fasterShare(before, after, measureOf(plan));
  };
  for (const parameter of sensitivityParameters(plan)) yield parameterWay(plan, parameter, share, gain);
  for (const {name, kind, word, plan: changed} of otherSettings(plan)) {
    const faster = gain(changed) ?? 0;
    yield {name, kind, word, factor: null, reaches: faster >= share, faster};
  }
}

function parameterWay(
  plan: Plan,
  {name, kind, better, scale}: SensitivityParameter,
  share: number,
  gain: (changed: Plan | null) => number | null,
): FasterWay {
  const factorOf = (exponent: number) => 2 ** (better === 'more' ? exponent : -exponent);
  const at = (exponent: number) => gain(scale(plan, factorOf(exponent)));
  // Settings are whole numbers: only powers of two of them are tried.
  const steps = kind === 'setting' ? wholeSteps : [farthest];
  let most = 0;
  for (const exponent of steps) {
    const faster = at(exponent);
    most = Math.max(most, faster ?? 0);
    if (faster === null || faster < share) continue;
    const enough = kind === 'setting' ? exponent : leastExponent(at, share);
    return {name, kind, word: null, factor: factorOf(enough), reaches: true, faster: at(enough) ?? faster};
  }
  return {name, kind, word: null, factor: null, reaches: false, faster: most};
}

const wholeSteps = [1, 2, 3, 4];

function leastExponent(at: (exponent: number) => number | null, share: number): number {
  let [less, enough] = [0, farthest];
  for (let i = 0; i < halvings; i += 1) {
    const middle = (less + enough) / 2;
    if ((at(middle) ?? 0) >= share) enough = middle;
    else less = middle;
  }
  return enough;
}
