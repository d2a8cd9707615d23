import {inNetworkState, otherNetworkStates} from '../cluster/network-state.js';
import type {Layout} from '../layout/layout.js';
import {estimateStep, type StepEstimate} from '../pipeline/estimate.js';
import type {Plan} from '../plan/plan.js';
import {formatSeconds} from '../units/format-quantity.js';

/** Share of a step from which the state of the network stack is worth a word. */
const worthNaming = 0.05;

/** Which state of its network stack the answer assumes, with the step in the others where that is longer. */
export function networkStateWarnings(plan: Plan, layout: Layout, {seconds}: StepEstimate): string[] {
  const {cluster} = plan;
  const assumed = cluster.topology.find(({state}) => state !== null)?.state;
  if (assumed === undefined || cluster.numDevices <= cluster.devicesPerNode) return [];
  const others = otherNetworkStates(cluster)
    .map(name => ({
      name,
      seconds: estimateStep({...plan, layout, cluster: inNetworkState(cluster, name)}).seconds,
    }))
    .filter(other => other.seconds > (1 + worthNaming) * seconds);
  if (others.length === 0) return [];
  const costs = others.map(({name, seconds}) => `${formatSeconds(seconds)} a step with ${name}`);
  return [`assumes a network stack with ${assumed}: ${costs.join(', ')}`];
}
