import type {Cluster} from '../../../cluster/cluster.js';
import {plainCollectives, type TopologyLevel} from '../../../cluster/topology.js';
import {outerStateOnDevice} from '../../../diloco/outer-state.js';
import {type Diloco, type Link, numDevicesOf, numReplicas, type Plan} from '../../../plan/plan.js';
import type {DilocoChoices} from '../../../plan/scaling.js';
import type {Bytes, BytesPerSecond} from '../../../units/quantities.js';

/** The plan as one job over all of its devices: replicas become data ranks that reduce over the link in every step. */
export function dataParallelOf(plan: Plan): Plan {
  const {diloco, cluster} = plan;
  if (diloco === null) return plan;
  const {outerStateBytes: _, ...training} = plan.training;
  const devices = {...cluster, numDevices: numDevicesOf(plan)};
  return {
    ...plan,
    diloco: null,
    cluster: diloco.link === null ? devices : joinedCluster(devices, cluster.numDevices, diloco.link),
    training: {...training, globalBatch: training.globalBatch * numReplicas(plan)},
  };
}

/** The plan's devices and batch shared out over replicas; null where they do not divide them. */
function withDiloco(plan: Plan, diloco: Diloco): Plan | null {
  const numDevices = numDevicesOf(plan) / diloco.replicas;
  const globalBatch = (plan.training.globalBatch * numReplicas(plan)) / diloco.replicas;
  if (!Number.isInteger(numDevices)) return null;
  return {
    ...plan,
    diloco,
    cluster: {...plan.cluster, numDevices},
    training: {...plan.training, globalBatch, outerStateBytes: outerStateOnDevice(diloco)},
  };
}

const defaultDiloco = {
  replicas: 2,
  innerSteps: 100,
  fragments: 1,
  overlapSteps: 0,
  outerBits: 32,
  link: null,
};

/** Every combination of the choices, the rest as the plan has it. */
export function outerVariants(plan: Plan, choices: DilocoChoices): Plan[] {
  const stated: Diloco = plan.diloco ?? defaultDiloco;
  return choices.replicas.flatMap(replicas =>
    choices.innerSteps.flatMap(innerSteps =>
      choices.fragments.flatMap(fragments => {
        const overlapSteps = Math.min(stated.overlapSteps, innerSteps - 1);
        const variant = withDiloco(plan, {...stated, replicas, innerSteps, fragments, overlapSteps});
        return variant === null ? [] : [variant];
      }),
    ),
  );
}

/** Groups of `devicesOfSite` devices joined by a link that all of a site share. */
export function joinedCluster(cluster: Cluster, devicesOfSite: number, link: Link): Cluster {
  const inner = cluster.topology.slice(0, -1);
  const outermost = cluster.topology.at(-1);
  if (outermost === undefined) throw new Error('a cluster has a level');
  const unit = inner.reduce((devices, {fanOut}) => devices * fanOut, 1);
  const site: TopologyLevel = {...outermost, fanOut: devicesOfSite / unit};
  const level: TopologyLevel = {
    ...plainCollectives,
    name: 'link',
    fanOut: Infinity,
    bandwidth: (link.bandwidth / devicesOfSite) as BytesPerSecond,
    latency: link.latency,
    devicesPerNic: devicesOfSite,
    // The link is stated as what it sustains, as it is for reductions between replicas.
    efficiency: [{bytes: 1 as Bytes, fraction: 1}],
    inNetworkReduction: false,
    shape: 'switch',
    state: null,
    otherStates: [],
    dimensions: 1,
  };
  return {...cluster, topology: [...(devicesOfSite > unit ? [...inner, site] : inner), level]};
}
