import type {Cluster} from './cluster.js';

/** States of the network stack, besides the one that the cluster is described in, by name. */
export function otherNetworkStates({topology}: Pick<Cluster, 'topology'>): readonly string[] {
  return [...new Set(topology.flatMap(({otherStates}) => otherStates.flatMap(({state}) => state ?? [])))];
}

/** The cluster with its network stack in another state. */
export function inNetworkState(cluster: Cluster, name: string): Cluster {
  const topology = cluster.topology.map(
    level => level.otherStates.find(({state}) => state === name) ?? level,
  );
  return {...cluster, topology};
}
