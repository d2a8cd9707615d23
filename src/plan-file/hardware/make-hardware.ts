import type {Accelerator, FlashFacts, HeadSpeed, KernelFacts, Precision} from '../../cluster/accelerator.js';
import {precisions} from '../../cluster/accelerator.js';
import type {HardwareNames, HardwareProfile} from '../../cluster/hardware-profile.js';
import {
  type CollectiveFacts,
  type EagerWindow,
  plainCollectives,
  type TopologyLevel,
} from '../../cluster/topology.js';
import {
  bytes,
  bytesPerSecond,
  type FlopPerSecond,
  flopPerSecond,
  seconds,
  usdPerSecond,
  watts,
} from '../../units/quantities.js';
import type {HardwareFields} from '../schema/hardware-schema.js';
import type {Finding} from '../source.js';

/** What does not hold between the fields of a profile, each of which is right by itself. */
export function hardwareFindings({topology, accelerator}: HardwareFields): Finding[] {
  const findings: Finding[] = [];
  const add = (path: (string | number)[], message: string, hint: string) =>
    findings.push({path, at: 'value', message, hint});
  for (const [i, {fan_out, efficiency, level, bandwidth, nics}] of topology.entries()) {
    const outermost = i === topology.length - 1;
    if (bandwidth === undefined && nics === undefined) {
      add(['topology', i, 'bandwidth'], 'is missing', 'state it, or the NICs of the board');
    }
    if (outermost && fan_out !== undefined) {
      add(['topology', i, 'fan_out'], 'the outermost level joins as many units as there are', 'take it out');
    }
    if (!outermost && fan_out === undefined) {
      add(['topology', i, 'fan_out'], 'is missing', 'say how many units of the level below this one joins');
    }
    if (efficiency.some((point, j) => j > 0 && point.bytes <= (efficiency[j - 1]?.bytes ?? 0))) {
      add(['topology', i, 'efficiency'], 'does not rise in bytes', 'sort the points by bytes');
    }
    if (topology.findIndex(other => other.level === level) !== i) {
      add(['topology', i, 'level'], `"${level}" is the name of another level too`, 'rename one');
    }
  }
  if (!topology.some(({level}) => level === 'node')) {
    add(['topology'], 'has no level named node', 'name the level of the devices that share a host node');
  }
  if (precisions.every(precision => accelerator.peak[precision] === undefined)) {
    add(['accelerator', 'peak'], 'is empty', 'state the peak of at least one precision');
  }
  return findings;
}

/** Everything of a profile but its software stacks and figures. */
export function makeHardware(fields: HardwareFields): Omit<HardwareProfile, 'software' | 'figures'> {
  const {host, site} = fields;
  return {
    name: fields.name,
    description: fields.description,
    names: makeNames(fields),
    accelerator: makeAccelerator(fields.accelerator),
    host: {memory: bytes(host.memory), linkBandwidth: bytesPerSecond(host.link_bandwidth)},
    topology: makeTopology(fields),
    storageBandwidth: host.storage_bandwidth === undefined ? null : bytesPerSecond(host.storage_bandwidth),
    failures: makeFailures(fields),
    site: {
      hostPower: host.power === undefined ? null : watts(host.power),
      pue: site?.pue ?? null,
      gridCarbonKgPerJoule: site?.grid_carbon ?? null,
      energyPriceUsdPerJoule: site?.energy_price ?? null,
    },
  };
}

function makeFailures({reliability, name}: HardwareFields): HardwareProfile['failures'] {
  return reliability === undefined
    ? null
    : {meanTimeBetweenFailures: seconds(reliability.mtbf_per_device), source: `the profile ${name}`};
}

function makeAccelerator(fields: HardwareFields['accelerator']): Accelerator {
  return {
    name: fields.name,
    peak: makePeak(fields.peak),
    numComputeUnits: fields.compute_units,
    memory: bytes(fields.memory),
    memoryBandwidth: bytesPerSecond(fields.memory_bandwidth),
    power: watts(fields.power),
    idlePower: watts(fields.idle_power),
    price: typeof fields.price === 'number' ? usdPerSecond(fields.price) : null,
    kernels: makeKernels(fields),
  };
}

/** Only the precisions that are stated become keys. */
export function makePeak(
  peak: Readonly<Partial<Record<Precision, number | undefined>>>,
): Accelerator['peak'] {
  const stated: Partial<Record<Precision, FlopPerSecond>> = {};
  for (const precision of precisions) {
    const rate = peak[precision];
    if (rate !== undefined) stated[precision] = flopPerSecond(rate);
  }
  return stated;
}

/** 128x128 tiles at 0.96 of the speed of 256x128 ones, for a device without measurements of products: a prior. */
const unmeasuredTileLoss = 0.12;

type KernelFields = HardwareFields['accelerator']['kernels'];

function makeKernels({kernels: fields, memory_bandwidth}: HardwareFields['accelerator']): KernelFacts {
  const efficiency: Partial<Record<Precision, number>> = {};
  for (const precision of precisions) {
    const reached = fields.gemm_efficiency[precision];
    if (reached !== undefined) efficiency[precision] = reached;
  }
  return {
    gemmEfficiency: {...efficiency, default: fields.gemm_efficiency.default},
    tileRows: fields.tile.rows,
    tileColumns: fields.tile.columns,
    smallTileLoss: fields.tile.small_loss ?? unmeasuredTileLoss,
    wholeWaves: fields.whole_waves ?? true,
    halfDepth: fields.half_depth,
    halfDepth32: fields.half_depth_32 ?? fields.half_depth,
    groupedExposure: fields.grouped?.exposure ?? 0,
    groupedIssue: seconds(fields.grouped?.issue ?? 0),
    memoryEfficiency: fields.memory_efficiency,
    operandEfficiency: fields.operand_efficiency ?? fields.memory_efficiency,
    start: makeStart(fields, memory_bandwidth),
    ...makeFlash(fields),
  };
}

function makeStart(fields: KernelFields, memoryBandwidth: number): KernelFacts['start'] {
  const streamed = (fields.half_traffic ?? 0) / (memoryBandwidth * fields.memory_efficiency);
  return {
    product: seconds(fields.start?.product ?? 0),
    stream: seconds(fields.start?.stream ?? streamed),
    attention: seconds(fields.start?.attention ?? 0),
  };
}

/** What is not stated of one of the two kernels holds as of the other. */
function makeFlash(fields: KernelFields): Pick<KernelFacts, 'attention' | 'flash2'> {
  const {attention, flash2_rows, flash2_heads} = fields;
  const rows = fields.attention_rows ?? flash2_rows;
  const heads = fields.attention_heads ?? flash2_heads;
  const own = makeFlashKernel(attention, rows, heads);
  if (fields.flash2 !== undefined)
    return {
      attention: own,
      flash2: makeFlashKernel(fields.flash2, flash2_rows ?? rows, flash2_heads ?? heads),
    };
  const {forward, backward, flash2: share = 1} = attention;
  return {
    attention: own,
    flash2: makeFlashKernel({forward: share * forward, backward: share * backward}, rows, heads),
  };
}

function makeFlashKernel(
  rates: {readonly forward: number; readonly backward: number},
  rows: KernelFields['attention_rows'],
  heads: KernelFields['attention_heads'],
): FlashFacts {
  return {
    forward: {
      rate: rates.forward,
      rowKeys: rows?.forward ?? 0,
      maskedKeys: rows?.forward_mask ?? 0,
      tailRows: rows?.forward_tail ?? 0,
      heads: makeHeads(heads?.forward),
    },
    backward: {
      rate: rates.backward,
      rowKeys: rows?.backward ?? 0,
      maskedKeys: rows?.backward_mask ?? 0,
      tailRows: rows?.backward_tail ?? 0,
      heads: makeHeads(heads?.backward),
    },
  };
}

function makeHeads(heads: readonly HeadSpeed[] = []): readonly HeadSpeed[] {
  return heads.map(({size, speed}) => ({size, speed})).sort((a, b) => a.size - b.size);
}

function makeTopology({topology}: HardwareFields): TopologyLevel[] {
  const node = topology.findIndex(({level}) => level === 'node');
  const perNode = topology.slice(0, node + 1).reduce((devices, {fan_out = 1}) => devices * fan_out, 1);
  return topology.map(level =>
    level.nics === undefined ? makeLevel(level) : makeLevel(level, nicShare(level.nics, perNode)),
  );
}

/** What one device has of the NICs of its node. */
export function nicShare(
  {count, bandwidth}: {readonly count: number; readonly bandwidth: number},
  devicesPerNode: number,
): {readonly bandwidth: number; readonly devicesPerNic: number} {
  return {
    bandwidth: (count * bandwidth) / devicesPerNode,
    devicesPerNic: Math.max(1, Math.ceil(devicesPerNode / count)),
  };
}

/** @param share what one device has of NICs, for a level that states nothing else */
export function makeLevel(
  fields: HardwareFields['topology'][number],
  share: ReturnType<typeof nicShare> = {bandwidth: Number.NaN, devicesPerNic: 1},
): TopologyLevel {
  const {shape = 'switch', other_states = {}, ...own} = fields;
  return {
    name: fields.level,
    fanOut: fields.fan_out ?? Number.POSITIVE_INFINITY,
    bandwidth: bytesPerSecond(fields.bandwidth ?? share.bandwidth),
    latency: seconds(fields.latency),
    devicesPerNic: fields.devices_per_nic ?? share.devicesPerNic,
    efficiency: fields.efficiency.map(point => ({bytes: bytes(point.bytes), fraction: point.fraction})),
    ...collectiveFacts(fields),
    inNetworkReduction: fields.in_network_reduction ?? false,
    dimensions: fields.dimensions ?? (shape === 'torus' ? 3 : 1),
    shape,
    state: fields.state ?? null,
    otherStates: Object.entries(other_states).map(([state, facts]) =>
      makeLevel({...own, ...facts, state}, share),
    ),
  };
}

/** Messages that a device has under way at once where the cost of a peer is not measured: channels of NCCL. */
const messagesAtOnce = 8;

/** Wait of a step whose words carry a flag each (NCCL's LL), over that of a step with a fence after its chunk. */
const flaggedWait = 0.25;

function collectiveFacts(fields: HardwareFields['topology'][number]): CollectiveFacts {
  const {ramp = plainCollectives.ramp} = fields;
  const {ring_ramp = ramp} = fields;
  return {
    start: seconds(fields.start ?? plainCollectives.start),
    ringLatency: fields.ring_latency === undefined ? null : seconds(fields.ring_latency),
    flaggedRingLatency:
      fields.flagged === false ? null : seconds(flaggedWait * (fields.ring_latency ?? fields.latency)),
    rendezvous:
      fields.rendezvous === undefined
        ? null
        : {from: bytes(fields.rendezvous.from), latency: seconds(fields.rendezvous.latency)},
    eagerWindow: fields.eager_window === undefined ? null : makeWindow(fields.eager_window),
    peerLatency: seconds(fields.peer_latency ?? fields.latency / messagesAtOnce),
    ramp,
    ringRamp: ring_ramp,
    exchangeRamp: fields.exchange_ramp ?? ring_ramp,
    ringFrom: bytes(fields.ring_from ?? plainCollectives.ringFrom),
    exchangeShare: fields.exchange_share ?? plainCollectives.exchangeShare,
    pairShare: fields.pair_share ?? plainCollectives.pairShare,
  };
}

function makeWindow({from, to, step}: Record<keyof EagerWindow, number>): EagerWindow {
  return {from: bytes(from), to: bytes(to), step: seconds(step)};
}

function makeNames({accelerator, ...machine}: HardwareFields): HardwareNames {
  return {
    machine: machine.aliases ?? [],
    accelerator: [accelerator.name, ...(accelerator.aliases ?? []), ...(machine.matches ?? [])],
    networks: machine.networks ?? machine.matches_network ?? [],
    usual: machine.usual ?? false,
  };
}
