import type {Plan} from '../../layout/plan.js';
import {makeSimulation} from '../../report/simulation.js';
import type {Candidate} from '../../search/search-result.js';
import type {Row} from './answers.js';

/** What every report says of a layout. Formulas of a loss law cannot be sent between threads: its figures are. */
export function rowOf(plan: Plan, {layout, estimate}: Candidate): Row {
  const simulation = makeSimulation(plan, layout, estimate);
  const {value, band, warnings} = simulation.loss;
  return {...simulation, loss: {value, band, warnings}};
}
