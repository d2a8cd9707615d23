import type {Precision} from '../../cluster/accelerator.js';
import type {TopologyLevel} from '../../cluster/topology.js';
import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../plan/plan.js';

/** A figure of a plan that can be more or less. */
export interface SensitivityParameter {
  /** In the words of plan files and profiles. */
  readonly name: string;
  readonly kind: 'hardware' | 'setting';
  /** Which way is expected to be faster; settings may go either. */
  readonly better: 'more' | 'less';
  /** Null where the figure cannot be changed by this factor. */
  readonly scale: (plan: Plan, factor: number) => Plan | null;
}

/** A choice of a plan that can be made in another way. */
export interface OtherSetting {
  readonly name: string;
  readonly kind: 'setting';
  /** The other way, in a word. */
  readonly word: string;
  readonly plan: Plan;
}

/** Hardware figures first, then settings. */
export function sensitivityParameters(plan: Plan): readonly SensitivityParameter[] {
  const levels = plan.cluster.topology.filter(({name}) => reaches(plan, name));
  return [
    device('peak', 'more', ({peak, ...accelerator}, factor) => ({
      ...accelerator,
      peak: Object.fromEntries(Object.entries(peak).map(([precision, rate]) => [precision, rate * factor])),
    })),
    device('memory', 'more', (accelerator, factor) => ({
      ...accelerator,
      memory: scaled(accelerator.memory, factor),
    })),
    device('memory bandwidth', 'more', (accelerator, factor) => ({
      ...accelerator,
      memoryBandwidth: scaled(accelerator.memoryBandwidth, factor),
    })),
    ...levels.flatMap(({name}) => [
      link(`${name} bandwidth`, 'more', name, (level, factor) => ({
        bandwidth: scaled(level.bandwidth, factor),
      })),
      link(`${name} latency`, 'less', name, (level, factor) => ({latency: scaled(level.latency, factor)})),
    ]),
    hostLaunch,
    devices,
    globalBatch,
  ];
}

/** Those that large models are trained in. */
const trainingPrecisions: readonly Precision[] = ['bf16', 'fp16', 'fp8', 'mxfp8', 'nvfp4'];

/** Other precisions of the device, and each pin of the layout opened. */
export function otherSettings(plan: Plan): readonly OtherSetting[] {
  const {training, cluster, pins} = plan;
  const others = trainingPrecisions.filter(
    precision => precision !== training.precision && cluster.accelerator.peak[precision] !== undefined,
  );
  const opened = (Object.keys(pins) as (keyof Layout)[]).map(field => {
    const {[field]: _, ...rest} = pins;
    return {name: `layout ${field}`, kind: 'setting' as const, word: 'open', plan: {...plan, pins: rest}};
  });
  return [
    ...others.map(precision => ({
      name: 'precision',
      kind: 'setting' as const,
      word: precision,
      plan: {...plan, training: {...training, precision}},
    })),
    ...opened,
  ];
}

/** A factor keeps the unit of a quantity. */
function scaled<Quantity extends number>(quantity: Quantity, factor: number): Quantity {
  return (quantity * factor) as Quantity;
}

/** Levels that the cluster is large enough to use. */
function reaches({cluster}: Plan, name: string): boolean {
  let below = 1;
  for (const level of cluster.topology) {
    if (level.name === name) return cluster.numDevices > below;
    below *= level.fanOut;
  }
  return false;
}

type Accelerator = Plan['cluster']['accelerator'];

function device(
  name: string,
  better: SensitivityParameter['better'],
  change: (accelerator: Accelerator, factor: number) => Accelerator,
): SensitivityParameter {
  const scale: SensitivityParameter['scale'] = (plan, factor) => ({
    ...plan,
    cluster: {...plan.cluster, accelerator: change(plan.cluster.accelerator, factor)},
  });
  return {name, kind: 'hardware', better, scale};
}

function link(
  name: string,
  better: SensitivityParameter['better'],
  levelName: string,
  change: (level: TopologyLevel, factor: number) => Partial<TopologyLevel>,
): SensitivityParameter {
  const scale: SensitivityParameter['scale'] = (plan, factor) => ({
    ...plan,
    cluster: {
      ...plan.cluster,
      topology: plan.cluster.topology.map(level =>
        level.name === levelName ? {...level, ...change(level, factor)} : level,
      ),
    },
  });
  return {name, kind: 'hardware', better, scale};
}

const hostLaunch: SensitivityParameter = {
  name: 'host launch time',
  kind: 'hardware',
  better: 'less',
  scale: (plan, factor) => {
    const {software} = plan.cluster;
    const launches = {
      kernelLaunch: scaled(software.kernelLaunch, factor),
      collectiveLaunch: scaled(software.collectiveLaunch, factor),
      messageLaunch: scaled(software.messageLaunch, factor),
    };
    return {...plan, cluster: {...plan.cluster, software: {...software, ...launches}}};
  },
};

const devices: SensitivityParameter = {
  name: 'devices',
  kind: 'setting',
  better: 'more',
  scale: (plan, factor) => {
    const numDevices = plan.cluster.numDevices * factor;
    if (!Number.isInteger(numDevices)) return null;
    const {data: _, ...pins} = plan.pins;
    return {...plan, pins, cluster: {...plan.cluster, numDevices}};
  },
};

const globalBatch: SensitivityParameter = {
  name: 'global batch',
  kind: 'setting',
  better: 'more',
  scale: (plan, factor) => {
    const batch = plan.training.globalBatch * factor;
    return Number.isInteger(batch) ? {...plan, training: {...plan.training, globalBatch: batch}} : null;
  },
};
