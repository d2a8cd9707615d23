import type {ComparedPlan} from '../comparison.js';
import {simulationJson} from './simulation-json.js';

/** Plans side by side as other programs read them. Pure data. */
export function comparisonJson(plans: readonly ComparedPlan[], version: string) {
  return {
    walltime: version,
    plans: plans.map(({label, simulation, reasons}) => ({
      label,
      fits: simulation?.estimate.memory.fits ?? false,
      meetsGoal: simulation?.meetsGoal ?? false,
      reasons,
      // Of a plan of which no layout fits: the one that needs least.
      simulation: simulation && simulationJson(simulation, version),
    })),
  };
}
