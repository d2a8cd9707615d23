import type {Design, DesignSpace} from '../../layout/design.js';
import {pinProblems} from '../pin-problems.js';
import {searchLayouts} from '../search.js';
import {type Answer, type AnswerOptions, decide} from './answer.js';
import {goalFront} from './goal-front.js';

/** How far a search of designs is. */
export interface DesignProgress {
  readonly done: number;
  readonly total: number;
}

/** Searches the layouts of every design and decides among them, one design at a time. */
export function* searchDesigns(
  space: DesignSpace,
  options: AnswerOptions = {},
): Generator<DesignProgress, Answer> {
  const deciding = decide(space, options);
  const total = space.designs.length;
  for (const [done, {plan}] of space.designs.entries()) {
    yield {done, total};
    const {lossOf: _, ...asked} = options;
    const result = searchLayouts(plan, asked);
    if (result === null) throw new Error(`a checked plan has a device with ${plan.training.precision}`);
    deciding.add(result, goalFront(plan, options.risk ?? 'p50'));
  }
  return deciding.answer();
}

/** The answer for every design at once. */
export function answerDesigns(space: DesignSpace, options: AnswerOptions = {}): Answer {
  const search = searchDesigns(space, options);
  for (;;) {
    const step = search.next();
    if (step.done) return step.value;
  }
}

/** The space without designs that what is pinned of the layout cannot divide; these are told with the reason. */
export function withPossiblePins({designs, impossible}: DesignSpace): DesignSpace {
  const possible: Design[] = [];
  const others = [...impossible];
  for (const design of designs) {
    const [problem] = pinProblems(design.plan);
    if (problem === undefined) possible.push(design);
    else others.push({choices: design.choices, reason: problem.message});
  }
  return {designs: possible, impossible: others};
}
