import type {Design, DesignSpace} from '../../layout/design.js';
import {pinProblems} from '../pin-problems.js';
import type {Answer, AnswerOptions} from './answer.js';
import {answerOfParts, searchPart, tasksOf} from './parted-search.js';

/** Searches every design at once. */
export function answerDesigns(space: DesignSpace, options: AnswerOptions = {}): Answer {
  const parts = tasksOf(space).map(task => {
    const search = searchPart(space, task, options);
    search.advance(Infinity);
    return search.part();
  });
  return answerOfParts(space, options, parts);
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
