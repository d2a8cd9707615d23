import type {HardwareProfile} from '../cluster/hardware-profile.js';
import {devicesPerNode} from '../cluster/topology.js';
import type {Failures, Operation, OwnCalendar, RunCalendar, Spares, Stragglers} from '../plan/operation.js';
import type {PlanDefault} from '../plan/plan.js';
import {publishedFailures} from '../run/failures/published-rates.js';
import {bytesPerSecond, seconds, usdPerSecond, watts} from '../units/quantities.js';
import type {PlanFields} from './schema/plan-schema.js';

type OperationFields = NonNullable<PlanFields['operation']>;
type ReliabilityFields = Exclude<NonNullable<PlanFields['reliability']>, 'none'>;

/** Operation of a plan's run. Fields that the plan omits are those of the profile, or unknown. */
export function makeOperation(fields: PlanFields, hardware: HardwareProfile): Operation {
  const {cluster, operation = {}, reliability = {}} = fields;
  const ofNode = devicesPerNode(hardware.topology);
  const numDevices = cluster.devices ?? (cluster.nodes ?? 0) * ofNode;
  const numNodes = Math.ceil(numDevices / ofNode);
  const stated = reliability === 'none' ? {} : reliability;
  const {evaluation, spot} = operation;
  return {
    warmUp: seconds(operation.warm_up ?? 0),
    evaluation: evaluation ? {everySteps: evaluation.every_steps, seconds: seconds(evaluation.time)} : null,
    checkpoint: {
      mode: operation.checkpoint?.mode ?? 'blocking',
      bandwidth: storageBandwidth(operation, hardware, numNodes),
      every: typeof stated.checkpoint === 'number' ? seconds(stated.checkpoint) : 'auto',
    },
    failures: reliability === 'none' ? null : makeFailures(stated, hardware),
    stragglers: makeStragglers(operation.stragglers),
    spot: spot
      ? {price: usdPerSecond(spot.price), meanTimeBetweenInterruptions: seconds(spot.interruption)}
      : null,
    site: {
      hostPower: watts(operation.host_power ?? hardware.site.hostPower ?? usualHostPower(hardware)),
      pue: operation.pue ?? hardware.site.pue ?? usualPue,
      gridCarbonKgPerJoule: operation.grid_carbon ?? hardware.site.gridCarbonKgPerJoule,
      energyPriceUsdPerJoule: operation.energy_price ?? hardware.site.energyPriceUsdPerJoule,
    },
    calendar: makeCalendar(fields, numDevices),
  };
}

/**
 * Power of host and switches over the rated power of their devices: nodes of eight H100 of 700 W draw up to 8.4 kW
 * in training (arXiv 2412.08602, recalled), half of the devices' again; switches and optics about 5 % of it (a prior).
 */
const hostOverDevice = 0.55;
const usualHostPower = ({accelerator}: HardwareProfile) => hostOverDevice * accelerator.power;

/** Published training runs: 1.08 (PaLM, Gopher), 1.1 (Llama), 1.2 (BLOOM); arXiv 2204.02311, 2112.11446, 2302.13971, 2211.02001. */
const usualPue = 1.1;

/** What the plan does not state of its run and its time, cost and energy depend on. */
export function operationDefaults(
  {operation, reliability}: PlanFields,
  hardware: HardwareProfile,
): readonly PlanDefault[] {
  const ours = (path: string, value: unknown) => ({path, value, from: 'walltime'});
  const isAnyCalendar =
    typeof reliability === 'object' ? reliability.calendar === undefined : reliability === undefined;
  return [
    ...(isAnyCalendar ? [ours('reliability.calendar', 'published')] : []),
    ...(operation?.host_power === undefined && hardware.site.hostPower === null
      ? [ours('operation.host_power', `${Math.round(usualHostPower(hardware))} W`)]
      : []),
    ...(operation?.pue === undefined && hardware.site.pue === null ? [ours('operation.pue', usualPue)] : []),
  ];
}

/** Figures of the plan come before published ones: stated evaluations, stragglers and spares are in the clean run. */
function makeCalendar(fields: PlanFields, numDevices: number): 'clean' | RunCalendar {
  const {reliability = {}, operation = {}} = fields;
  if (reliability === 'none' || reliability.calendar === 'clean') return 'clean';
  const own = typeof reliability.calendar === 'object' ? reliability.calendar : {};
  const inCleanRun = (stated: unknown) => (stated === undefined ? undefined : 0);
  const losses = {
    diagnosis: own.diagnosis,
    rollbacks: own.rollbacks,
    firstPart: own.first_part,
    slowStarts: own.slow_starts,
    throughput: own.throughput ?? inCleanRun(operation.stragglers),
    evaluation: own.evaluation ?? inCleanRun(operation.evaluation),
    waiting: own.waiting ?? inCleanRun(reliability.spare_nodes),
  };
  const stated = Object.fromEntries(Object.entries(losses).filter(([, share]) => share !== undefined));
  return {
    own: stated as OwnCalendar,
    layout: own.layout ?? (hasDegrees(fields, numDevices) ? 'stated' : 'open'),
  };
}

/** True if the plan states its degrees, or was run and measured: its layout is the one that runs. */
function hasDegrees({layout = {}, measured}: PlanFields, numDevices: number): boolean {
  const {tensor, pipeline, data} = layout;
  return measured !== undefined || data === numDevices || (tensor !== undefined && pipeline !== undefined);
}

function storageBandwidth(
  {checkpoint}: OperationFields,
  {storageBandwidth: ofNode}: HardwareProfile,
  numNodes: number,
) {
  if (checkpoint?.bandwidth !== undefined) return bytesPerSecond(checkpoint.bandwidth);
  return ofNode === null ? null : bytesPerSecond(ofNode * numNodes);
}

/**
 * Five minutes each until a failure is seen and until the job runs again: with the failures of Llama 3 they
 * leave the effective training time above 90 % of its report (arXiv 2407.21783 sec. 3.3.4). A prior.
 */
const defaultDetection = 300;
const defaultRestart = 300;

function makeFailures(stated: ReliabilityFields, {failures: ofProfile}: HardwareProfile): Failures {
  return {
    ...failureRate(stated, ofProfile),
    detection: seconds(stated.detection ?? defaultDetection),
    restart: seconds(stated.restart ?? defaultRestart),
    spares: makeSpares(stated),
  };
}

function failureRate({mtbf_per_device: stated}: ReliabilityFields, ofProfile: HardwareProfile['failures']) {
  if (stated !== undefined) {
    return {meanTimeBetweenFailures: seconds(stated), logSpread: 0, source: null};
  }
  // One fleet's rate is no surer than the next one's.
  return {...publishedFailures, ...ofProfile};
}

/** A day in repair: a prior. 78 % of unexpected interruptions were hardware (Llama 3, arXiv 2407.21783 sec. 3.3.4). */
const defaultRepair = 86_400;
const defaultNodeShare = 0.78;

function makeSpares({spare_nodes: nodes, repair, node_share: nodeShare}: ReliabilityFields): Spares | null {
  if (nodes === undefined) return null;
  return {nodes, repair: seconds(repair ?? defaultRepair), nodeShare: nodeShare ?? defaultNodeShare};
}

function makeStragglers(fields: OperationFields['stragglers']): Stragglers | null {
  if (fields === undefined) return null;
  return {jitter: fields.jitter ?? 0, slowNodes: fields.slow_nodes ?? 0, slowdown: fields.slowdown ?? 0};
}
