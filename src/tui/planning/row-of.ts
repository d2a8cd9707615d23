import type {Plan} from '../../plan/plan.js';
import {makeSimulation} from '../../report/simulation.js';
import type {Candidate} from '../../search/search-result.js';
import type {Row} from './reply.js';

/** The figures of a layout, in a form that can be sent between threads. */
export function rowOf(plan: Plan, {layout, estimate}: Candidate): Row {
  const simulation = makeSimulation(plan, layout, estimate);
  const {value, band, warnings} = simulation.loss;
  return {...simulation, loss: {value, band, warnings}};
}
