import {devicesPerNode} from '../../cluster/topology.js';
import type {PlanFields} from '../schema/plan-schema.js';
import type {VariantFields} from './variant-fields.js';

/** Smaller clusters that are tried for one that does not divide well. */
const mostTried = 3;
/** Larger shares of a cluster are not left idle. */
const largestShare = 0.15;

/**
 * The plan on fewer of its nodes, the rest spare: where the number of nodes has a large prime factor, few
 * degrees divide it, and a rounder number may be faster. None where the plan opens or pins its size. A plan that
 * states no spare nodes has another node at hand for each that fails, as on the whole cluster.
 */
export function spareVariants({choices, fields, profile}: VariantFields): readonly VariantFields[] {
  const perNode = devicesPerNode(profile.topology);
  const {cluster, search = {}, reliability} = fields;
  const nodes = cluster.nodes ?? (cluster.devices ?? 0) / perNode;
  const isOpen = search.nodes !== undefined || search.devices !== undefined;
  if (isOpen || fixesSize(fields) || !Number.isInteger(nodes) || nodes < 2) return [];
  const stated = typeof reliability === 'object' ? reliability : {};
  const spares = stated.spare_nodes;
  return rounderCounts(nodes).map(used => {
    const spare = nodes - used;
    const {nodes: _nodes, devices: _devices, ...rest} = cluster;
    return {
      choices: {...choices, nodes: used, spareNodes: spare},
      fields: {
        ...fields,
        cluster: {...rest, nodes: used},
        ...(spares === undefined ? {} : {reliability: {...stated, spare_nodes: spares + spare}}),
      },
      profile,
    };
  });
}

/** A stated data degree, or the product of all stated degrees, is of the whole cluster. */
function fixesSize({layout = {}}: PlanFields): boolean {
  return layout.data !== undefined || (layout.tensor !== undefined && layout.pipeline !== undefined);
}

/** Fewer nodes, nearest first, whose largest prime factor is below that of all counts above them. */
function rounderCounts(nodes: number): readonly number[] {
  const counts: number[] = [];
  let least = largestPrimeFactor(nodes);
  const fewest = Math.max(1, Math.min(nodes - 1, Math.ceil(nodes * (1 - largestShare))));
  for (let count = nodes - 1; count >= fewest && counts.length < mostTried && least > 3; count -= 1) {
    const factor = largestPrimeFactor(count);
    if (factor >= least) continue;
    counts.push(count);
    least = factor;
  }
  return counts;
}

function largestPrimeFactor(value: number): number {
  let rest = value;
  let largest = 1;
  for (let factor = 2; factor * factor <= rest; factor += 1) {
    while (rest % factor === 0) {
      rest /= factor;
      largest = factor;
    }
  }
  return Math.max(largest, rest);
}
