import type {Keystroke} from '../actions/keystroke.js';
import type {PipelineView, State} from '../state/state.js';

/** A key on the layout screen: arrows scroll the timeline, + and - zoom it. */
export function keyOnLayout(state: State, key: Keystroke): State {
  const {pipelineView: view} = state;
  const show = (next: PipelineView): State => ({...state, pipelineView: clamp(next, state)});
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

/** The view zoomed around its middle. */
function zoomed({zoom, left, firstStage}: PipelineView, factor: number): PipelineView {
  const next = Math.min(1, zoom * factor);
  return {zoom: next, left: left + (zoom - next) / 2, firstStage};
}

/** The least share of the step that a view shows. */
const narrowest = 1 / 4096;

function clamp({zoom, left, firstStage}: PipelineView, {timeline}: State): PipelineView {
  const wide = Math.max(narrowest, Math.min(1, zoom));
  const last = Math.max(0, (timeline?.stages ?? 1) - 1);
  return {
    zoom: wide,
    left: Math.max(0, Math.min(1 - wide, left)),
    firstStage: Math.max(0, Math.min(last, firstStage)),
  };
}
