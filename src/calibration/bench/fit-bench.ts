import {type Accelerator, type Precision, precisions} from '../../cluster/accelerator.js';
import type {Cluster} from '../../cluster/cluster.js';
import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import {devicesPerNode, type TopologyLevel} from '../../cluster/topology.js';
import {type BytesPerSecond, bytes, bytesPerSecond, flopPerSecond} from '../../units/quantities.js';
import type {KernelRow} from '../kernel-rows/kernel-row.js';
import {librariesOn} from '../operator-rows/predict-operators.js';
import type {Bench} from './bench.js';
import {type FittedFact, fitDevice} from './fit-device.js';
import {type FittedLevel, fitLinks} from './fit-links.js';

/** The machine whose figures hold where a bench measured none. */
export interface BenchBase {
  readonly profile: HardwareProfile;
  /** Its accelerator is the one that the driver named; otherwise it is the nearest by its figures. */
  readonly isKnown: boolean;
}

export interface BenchFit extends BenchBase {
  readonly accelerator: Accelerator;
  /** Null where the base has as many devices a node, or nodes of another shape. */
  readonly nodeFanOut: number | null;
  readonly linkBandwidth: BytesPerSecond | null;
  /** Facts of the accelerator and the host that the bench determines. */
  readonly facts: readonly FittedFact[];
  readonly levels: readonly FittedLevel[];
  /** The base and the fitted machine, to price rows on. */
  readonly before: Cluster;
  readonly after: Cluster;
}

/** A machine from a bench: what was measured, over the figures of a base. */
export function fitBench(bench: Bench, base: BenchBase): BenchFit {
  const before = librariesOn(base.profile, null);
  const shape = nodeShape(before.topology, bench.machine.devicesPerNode);
  const sheet = base.isKnown ? asReported(before.accelerator, bench) : fromRates(before.accelerator, bench);
  const start = {
    ...before,
    accelerator: sheet.accelerator,
    topology: shape.topology,
    devicesPerNode: shape.perNode,
  };
  const device = fitDevice(bench.kernels, start);
  const links = fitLinks(bench.collectives, {...start, accelerator: device.accelerator}, base.isKnown);
  const linkBandwidth = hostLink(bench.kernels);
  const host: FittedFact[] =
    linkBandwidth === null
      ? []
      : [
          {
            path: ['host', 'link_bandwidth'],
            unit: 'bytes/s',
            before: base.profile.host.linkBandwidth,
            after: linkBandwidth,
            from: ['host-to-device', 'device-to-host'],
          },
        ];
  return {
    ...base,
    accelerator: device.accelerator,
    nodeFanOut: shape.fanOut,
    linkBandwidth,
    facts: [...sheet.facts, ...device.facts, ...host],
    levels: links.levels,
    before,
    after: links.cluster,
  };
}

/** Units of the level below that a node joins, for as many devices a node as were found. */
function nodeShape(
  topology: readonly TopologyLevel[],
  found: number,
): {readonly topology: readonly TopologyLevel[]; readonly perNode: number; readonly fanOut: number | null} {
  const perNode = devicesPerNode(topology);
  const node = topology.findIndex(({name}) => name === 'node');
  const below = perNode / (topology[node]?.fanOut ?? 1);
  const fanOut = found / below;
  if (found === perNode || !Number.isInteger(fanOut)) return {topology, perNode, fanOut: null};
  return {
    topology: topology.map((level, i) => (i === node ? {...level, fanOut} : level)),
    perNode: found,
    fanOut,
  };
}

interface Sheet {
  readonly accelerator: Accelerator;
  readonly facts: readonly FittedFact[];
}

/** Difference between a data sheet and a driver that is another variant of the part and not its reserve. */
const variantFrom = 0.05;

/** A known accelerator; memory and units are those of the driver where they are of another variant. */
function asReported(accelerator: Accelerator, {machine}: Bench): Sheet {
  const facts: FittedFact[] = [];
  let own = accelerator;
  if (Math.abs(machine.memoryBytes / accelerator.memory - 1) > variantFrom) {
    own = {...own, memory: bytes(machine.memoryBytes)};
    facts.push(reported('memory', 'bytes', accelerator.memory, machine.memoryBytes));
  }
  if (machine.computeUnits !== accelerator.numComputeUnits) {
    own = {...own, numComputeUnits: machine.computeUnits};
    facts.push(reported('compute_units', 'count', accelerator.numComputeUnits, machine.computeUnits));
  }
  return {accelerator: own, facts};
}

function reported(key: string, unit: FittedFact['unit'], before: number, after: number): FittedFact {
  return {path: ['accelerator', key], unit, before, after, from: ['the driver']};
}

/** An accelerator without a data sheet: peaks and bandwidth from the best rates, at the base's usual efficiency. */
function fromRates(base: Accelerator, {kernels, machine}: Bench): Sheet {
  const {gemmEfficiency, memoryEfficiency} = base.kernels;
  const peak: Partial<Record<Precision, ReturnType<typeof flopPerSecond>>> = {};
  const facts = [
    reported('memory', 'bytes', base.memory, machine.memoryBytes),
    reported('compute_units', 'count', base.numComputeUnits, machine.computeUnits),
  ];
  for (const precision of precisions) {
    const best = Math.max(...kernels.map(row => (row.dtype === precision ? flopRate(row) : 0)));
    if (best <= 0) continue;
    const value = flopPerSecond(best / gemmEfficiency.default);
    peak[precision] = value;
    facts.push({
      path: ['accelerator', 'peak', precision],
      unit: 'FLOP/s',
      before: base.peak[precision] ?? null,
      after: value,
      from: ['matmul'],
    });
  }
  const copied = sustainedCopy(kernels);
  const bandwidth = copied > 0 ? bytesPerSecond(copied / memoryEfficiency) : base.memoryBandwidth;
  if (copied > 0) {
    facts.push({
      path: ['accelerator', 'memory_bandwidth'],
      unit: 'bytes/s',
      before: base.memoryBandwidth,
      after: bandwidth,
      from: ['copy'],
    });
  }
  return {
    accelerator: {
      ...base,
      name: machine.device,
      peak: Object.keys(peak).length === 0 ? base.peak : peak,
      memory: bytes(machine.memoryBytes),
      numComputeUnits: machine.computeUnits,
      memoryBandwidth: bandwidth,
      kernels: {...base.kernels, gemmEfficiency: {default: gemmEfficiency.default}},
    },
    facts,
  };
}

function flopRate({operator, m, n, k, seconds}: KernelRow): number {
  if (operator !== 'matmul' || seconds === null) return 0;
  return (2 * (m ?? 0) * (n ?? 0) * (k ?? 0)) / seconds;
}

/** Bytes read and written a second by the largest copy, which no cache holds; 0 where none was timed. */
function sustainedCopy(rows: readonly KernelRow[]): number {
  const copies = rows.flatMap(({operator, bytes: size, seconds}) =>
    operator === 'copy' && size !== null && seconds !== null ? [{size, seconds}] : [],
  );
  const largest = copies.reduce((most, copy) => (copy.size > most.size ? copy : most), {size: 0, seconds: 1});
  return (2 * largest.size) / largest.seconds;
}

/** The slower direction of the largest copies between host and device. */
function hostLink(rows: readonly KernelRow[]): BytesPerSecond | null {
  const rates = ['host-to-device', 'device-to-host'].flatMap(op => {
    const own = rows.flatMap(row =>
      row.op === op && row.bytes !== null && row.seconds !== null ? [row.bytes / row.seconds] : [],
    );
    return own.length === 0 ? [] : [Math.max(...own)];
  });
  return rates.length === 0 ? null : bytesPerSecond(Math.min(...rates));
}

/**
 * The profile whose accelerator is nearest to a device that none is named after, by units, memory and rates;
 * of machines whose nodes join single devices by a switch, since nothing is known of how these are joined.
 */
export function nearestProfile(profiles: readonly HardwareProfile[], bench: Bench): HardwareProfile {
  const {machine, kernels} = bench;
  const plain = profiles.filter(
    ({topology: [node]}) => node?.name === 'node' && node.shape === 'switch' && !node.inNetworkReduction,
  );
  const copied = sustainedCopy(kernels);
  const product = Math.max(0, ...kernels.map(flopRate));
  const distance = ({
    accelerator: {numComputeUnits, memory, memoryBandwidth, peak, kernels: facts},
  }: HardwareProfile) => {
    const rate = (peak.bf16 ?? peak.fp16 ?? peak.fp32 ?? 1) * facts.gemmEfficiency.default;
    const pairs: readonly (readonly [number, number])[] = [
      [machine.computeUnits, numComputeUnits],
      [machine.memoryBytes, memory],
      [copied, memoryBandwidth * facts.memoryEfficiency],
      [product, rate],
    ];
    return pairs.reduce((sum, [a, b]) => sum + (a > 0 ? Math.abs(Math.log(a / b)) : 0), 0);
  };
  return plain.reduce((best, next) => (distance(next) < distance(best) ? next : best));
}
