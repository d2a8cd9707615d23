import type {PlanVariant, PlanVariants} from '../../plan/variant.js';
import {pinProblems} from '../pin-problems.js';
import type {Answer, AnswerOptions} from './answer.js';
import {answerOfParts, searchPart, tasksOf} from './parted-search.js';

/** Searches every variant at once. */
export function answerVariants(space: PlanVariants, options: AnswerOptions = {}): Answer {
  const parts = tasksOf(space).map(task => {
    const search = searchPart(space, task, options);
    search.advance(Infinity);
    return search.part();
  });
  return answerOfParts(space, options, parts);
}

/** Moves variants whose pins cannot divide the cluster or model to the infeasible ones, with the reason. */
export function withPossiblePins({variants, infeasible}: PlanVariants): PlanVariants {
  const possible: PlanVariant[] = [];
  const others = [...infeasible];
  for (const variant of variants) {
    const [problem] = pinProblems(variant.plan);
    if (problem === undefined) possible.push(variant);
    else others.push({choices: variant.choices, reason: problem.message});
  }
  return {variants: possible, infeasible: others};
}
