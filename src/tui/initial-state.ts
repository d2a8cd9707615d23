import {startDialog} from './state/dialogs/start.js';
import type {PlanFile, Size, State} from './state/state.js';

/** From this width on the cursor starts on the plan, beside the table; below, the table has the screen. */
const wide = 100;

/** Machines that a plan is first compared on. */
const usualMachines = ['a100-80gb', 'h100-sxm', 'b200', 'mi300x', 'tpu-v5p'];

/** The state at the start: of a plan, or the questions that make one. */
export function initialState(size: Size, file: PlanFile, known: State['known']): State {
  return {
    size,
    screen: 'plan',
    file,
    text: file.text ?? '',
    past: [],
    future: [],
    pane: size.columns >= wide ? 'fields' : 'table',
    field: 0,
    row: null,
    column: 0,
    order: 'goal',
    layoutView: {zoom: 1, left: 0, firstStage: 0},
    dialog: file.text === null ? startDialog(known) : null,
    message: null,
    answer: null,
    problems: [],
    busy: new Set(),
    timeline: null,
    calendar: null,
    whatIf: {lever: 0, factors: {}},
    trial: null,
    sensitivity: null,
    outer: null,
    sizes: null,
    report: null,
    comparands: usualMachines
      .filter(name => known.hardware.includes(name))
      .map(name => ({kind: 'machine', name})),
    comparand: 0,
    compared: null,
    known,
  };
}
