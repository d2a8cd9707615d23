import type {Plan} from '../../layout/plan.js';
import type {Candidate, SearchResult} from '../../search/search-result.js';
import {makeSimulation} from '../simulation.js';
import {simulationJson} from './simulation-json.js';

/** How long a search took on how many threads; seconds are null where the answer must not depend on the clock. */
export interface SearchTiming {
  readonly seconds: number | null;
  readonly threads: number;
}

/** The answer of a search as other programs read it. Pure data. */
export function planJson(plan: Plan, result: SearchResult, version: string, timing: SearchTiming) {
  const {best, alternatives, rejected, counts, optimal, smallest} = result;
  return {
    walltime: version,
    best: best === null ? null : simulationJson(simulate(plan, best), version),
    alternatives: alternatives.map(candidate => alternativeJson(plan, candidate, version)),
    // Only where nothing fits: the layout that needs least memory.
    ...(smallest === null ? {} : {smallest: simulationJson(simulate(plan, smallest), version)}),
    rejected,
    search: {...counts, seconds: timing.seconds, optimal, threads: timing.threads},
  };
}

function simulate(plan: Plan, {layout, estimate}: Candidate) {
  return makeSimulation(plan, layout, estimate);
}

/** As the best one, without what is the same for all and without the stages. */
function alternativeJson(plan: Plan, candidate: Candidate, version: string) {
  const {
    walltime: _,
    plan: __,
    memory,
    loss: ___,
    ...rest
  } = simulationJson(simulate(plan, candidate), version);
  const {stages: ____, ...summary} = memory;
  return {...rest, memory: summary};
}
