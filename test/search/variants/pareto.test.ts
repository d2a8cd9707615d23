import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {GoalFigures} from '../../../src/search/variants/evaluated-plan.js';
import {paretoFront} from '../../../src/search/variants/pareto.js';

const figure = fc.integer({min: 0, max: 5});
interface EvaluatedPlan {
  readonly figures: GoalFigures;
}
const outcomes: fc.Arbitrary<EvaluatedPlan[]> = fc.array(
  fc
    .record({seconds: figure, costUsd: figure, memoryShare: figure})
    .map(figures => ({figures: {...figures, deviceSeconds: 1, energyJoules: 1, loss: 0}})),
  {maxLength: 30},
);

const traded = ({figures}: EvaluatedPlan) => [figures.seconds, figures.costUsd ?? 0, figures.memoryShare];
const asGood = (a: EvaluatedPlan, b: EvaluatedPlan) =>
  traded(a).every((value, i) => value <= (traded(b)[i] ?? 0));

test('the front holds what nothing else is as good as in all three, each once, fastest first', () => {
  fc.assert(
    fc.property(outcomes, all => {
      const front = paretoFront(all);
      for (const one of front) expect(front.filter(other => asGood(other, one))).toEqual([one]);
      for (const one of all) expect(front.some(other => asGood(other, one))).toBe(true);
      const seconds = front.map(({figures}) => figures.seconds);
      expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
    }),
  );
});
