import {leversOf} from '../../../search/sensitivity/levers.js';
import type {State} from '../state.js';
import type {Keystroke} from './keystroke.js';

/** Steps of a slider. */
export const factors = [
  0.1,
  0.2,
  0.25,
  1 / 3,
  0.5,
  0.7,
  0.8,
  0.9,
  1,
  1.1,
  1.25,
  1.5,
  2,
  3,
  4,
  5,
  10,
] as const;
const unchanged = factors.indexOf(1);

/** Figures of the plan that have a slider. */
export function leverNames({answer}: State): readonly string[] {
  return answer === null ? [] : leversOf(answer.answer.plan).map(({name}) => name);
}

/** Keys on the sliders: up and down choose a figure, left and right scale it. */
export function keyOnWhatIf(state: State, key: Keystroke): State {
  const {whatIf} = state;
  const names = leverNames(state);
  const move = (to: number): State => ({
    ...state,
    whatIf: {...whatIf, lever: Math.max(0, Math.min(names.length - 1, to))},
  });
  switch (key.name) {
    case 'up':
      return move(whatIf.lever - 1);
    case 'down':
      return move(whatIf.lever + 1);
    case 'pageUp':
    case 'home':
      return move(0);
    case 'pageDown':
    case 'end':
      return move(names.length - 1);
    case 'left':
      return slide(state, names, -1);
    case 'right':
      return slide(state, names, 1);
    case 'backspace':
      return slide(state, names, 0);
    case 'text':
      if (key.text === '0') return {...state, whatIf: {...whatIf, factors: {}}};
      return key.text === '+' || key.text === '-' ? slide(state, names, key.text === '+' ? 1 : -1) : state;
    default:
      return state;
  }
}

/** @param by steps of the slider; 0: back to as it is */
function slide(state: State, names: readonly string[], by: number): State {
  const {whatIf} = state;
  const name = names[whatIf.lever];
  if (name === undefined) return state;
  const at = factors.indexOf((whatIf.factors[name] ?? 1) as (typeof factors)[number]);
  const next = by === 0 ? unchanged : Math.max(0, Math.min(factors.length - 1, at + by));
  const {[name]: _, ...others} = whatIf.factors;
  const changed = next === unchanged ? others : {...others, [name]: factors[next] ?? 1};
  return {...state, whatIf: {...whatIf, factors: changed}};
}
