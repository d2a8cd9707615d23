import type {FasterWay} from '../../search/sensitivity/faster-ways.js';
import type {Measure} from '../../search/sensitivity/replan.js';
import type {Sensitivity} from '../../search/sensitivity/sensitivities.js';

/** Sensitivities as other programs read them; `faster` 0.2 is 20 % faster, or as much less of the measure. */
export function sensitivityJson(sensitivities: readonly Sensitivity[], measure: Measure) {
  return {measure, figures: sensitivities};
}

/** Ways to a wanted speed. */
export function fasterJson(ways: readonly FasterWay[], share: number, measure: Measure) {
  return {measure, wanted: share, ways};
}
