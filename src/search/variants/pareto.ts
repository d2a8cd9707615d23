import type {GoalFigures} from './evaluated-plan.js';

/** What a front trades, each the less the better. Devices without a price are compared by their time. */
function traded({seconds, costUsd, deviceSeconds, memoryShare}: GoalFigures): readonly number[] {
  return [seconds, costUsd ?? deviceSeconds, memoryShare];
}

/**
 * Outcomes of which none is better in one of time, cost and memory headroom without being worse in another,
 * fastest first. Of equal ones the first is kept.
 */
export function paretoFront<EvaluatedPlan extends {readonly figures: GoalFigures}>(
  outcomes: readonly EvaluatedPlan[],
): readonly EvaluatedPlan[] {
  const sorted = outcomes
    .map(outcome => ({outcome, figures: traded(outcome.figures)}))
    .sort((a, b) => compareInTurn(a.figures, b.figures));
  const front: typeof sorted = [];
  for (const entry of sorted) {
    // Sorted by their figures in turn, nothing that comes later is better than what is here already.
    const beaten = front.some(({figures}) => figures.every((figure, i) => figure <= (entry.figures[i] ?? 0)));
    if (!beaten) front.push(entry);
  }
  return front.map(({outcome}) => outcome);
}

function compareInTurn(a: readonly number[], b: readonly number[]): number {
  for (const [i, figure] of a.entries()) {
    const difference = figure - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
