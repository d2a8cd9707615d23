import {planDocument} from '../document/plan-document.js';
import {firstQuestion} from './start-questions.js';
import type {KnownNames, PlanFile, State, TerminalSize} from './state.js';

/** Least width at which the cursor starts on the fields. On a narrower screen the table comes first. */
const wideColumns = 100;

/** Machines that a plan is compared on at first. */
const defaultMachines = ['a100-80gb', 'h100-sxm', 'b200', 'mi300x', 'tpu-v5p'];

/** State of a program that starts with a plan, or with the questions that make one. */
export function initialState(size: TerminalSize, file: PlanFile, known: KnownNames): State {
  return {
    size,
    screen: 'plan',
    file,
    document: planDocument(file.text ?? ''),
    past: [],
    future: [],
    pane: size.columns >= wideColumns ? 'fields' : 'table',
    field: 0,
    row: null,
    column: 0,
    order: 'goal',
    pipelineView: {zoom: 1, left: 0, firstStage: 0},
    dialog: file.text === null ? firstQuestion(known) : null,
    message: null,
    answer: null,
    problems: [],
    timeline: null,
    calendar: null,
    whatIf: {parameter: 0, factors: {}},
    trial: null,
    sensitivity: null,
    diloco: null,
    sizes: null,
    report: null,
    comparedItems: defaultMachines
      .filter(name => known.hardware.includes(name))
      .map(name => ({kind: 'machine', name})),
    comparedIndex: 0,
    compared: null,
    known,
  };
}
