import {sensitivityParameters} from '../../search/sensitivity/sensitivity-parameters.js';
import type {Keystroke} from '../actions/keystroke.js';
import type {State} from '../state/state.js';

/** Steps of a slider. */
export const sliderFactors: readonly number[] = [
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
];

/** Position of a factor on its slider; -1 if it is none of the steps. */
export function sliderPosition(factor: number): number {
  return sliderFactors.indexOf(factor);
}

/** Names of the parameters that have a slider. */
export function sliderNames({answer}: State): readonly string[] {
  return answer === null ? [] : sensitivityParameters(answer.answer.plan).map(({name}) => name);
}

/** A key on the sliders: up and down choose a parameter, left and right scale it. */
export function keyOnWhatIf(state: State, key: Keystroke): State {
  const {whatIf} = state;
  const names = sliderNames(state);
  const move = (to: number): State => ({
    ...state,
    whatIf: {...whatIf, parameter: Math.max(0, Math.min(names.length - 1, to))},
  });
  switch (key.name) {
    case 'up':
      return move(whatIf.parameter - 1);
    case 'down':
      return move(whatIf.parameter + 1);
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

/** @param by steps of the slider; 0: back to factor 1 */
function slide(state: State, names: readonly string[], by: number): State {
  const {whatIf} = state;
  const name = names[whatIf.parameter];
  if (name === undefined) return state;
  const at = sliderPosition(whatIf.factors[name] ?? 1);
  const next = by === 0 ? 1 : (sliderFactors[Math.max(0, Math.min(sliderFactors.length - 1, at + by))] ?? 1);
  const {[name]: _, ...others} = whatIf.factors;
  return {...state, whatIf: {...whatIf, factors: next === 1 ? others : {...others, [name]: next}}};
}
