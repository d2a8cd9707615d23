import type {LayoutView, State} from '../state.js';
import type {Keystroke} from './keystroke.js';

/** Keys on the layout screen: the timeline scrolls with the arrows and zooms with + and -. */
export function keyOnLayout(state: State, key: Keystroke): State {
  const {layoutView: view} = state;
  const show = (next: LayoutView): State => ({...state, layoutView: clamp(next, state)});
  switch (key.name) {
    case 'left':
      return show({...view, left: view.left - view.zoom / 4});
    case 'right':
      return show({...view, left: view.left + view.zoom / 4});
    case 'up':
      return show({...view, firstStage: view.firstStage - 1});
    case 'down':
      return show({...view, firstStage: view.firstStage + 1});
    case 'pageUp':
      return show({...view, firstStage: view.firstStage - 8});
    case 'pageDown':
      return show({...view, firstStage: view.firstStage + 8});
    case 'home':
      return show({...view, left: 0});
    case 'end':
      return show({...view, left: 1});
    case 'text':
      return key.text === '+' || key.text === '='
        ? show(zoomed(view, 1 / 2))
        : key.text === '-'
          ? show(zoomed(view, 2))
          : key.text === '0'
            ? show({zoom: 1, left: 0, firstStage: 0})
            : state;
    default:
      return state;
  }
}

/** Around the middle of what is in sight. */
function zoomed({zoom, left, firstStage}: LayoutView, factor: number): LayoutView {
  const next = Math.min(1, zoom * factor);
  return {zoom: next, left: left + (zoom - next) / 2, firstStage};
}

const narrowest = 1 / 4096;

function clamp({zoom, left, firstStage}: LayoutView, {timeline}: State): LayoutView {
  const wide = Math.max(narrowest, Math.min(1, zoom));
  const last = Math.max(0, (timeline?.stages ?? 1) - 1);
  return {
    zoom: wide,
    left: Math.max(0, Math.min(1 - wide, left)),
    firstStage: Math.max(0, Math.min(last, firstStage)),
  };
}
