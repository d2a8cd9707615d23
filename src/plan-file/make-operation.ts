import type {HardwareProfile} from '../cluster/hardware-profile.js';
import {devicesPerNode} from '../cluster/topology.js';
import type {Failures, Operation, Spares, Stragglers} from '../plan/operation.js';
import {publishedFailures} from '../run/failures/published-rates.js';
import {bytesPerSecond, seconds, usdPerSecond, watts} from '../units/quantities.js';
import type {PlanFields} from './schema/plan-schema.js';

type OperationFields = NonNullable<PlanFields['operation']>;
type ReliabilityFields = Exclude<NonNullable<PlanFields['reliability']>, 'none'>;

/** Operation of a plan's run. Fields that the plan omits are those of the profile, or unknown. */
export function makeOperation(fields: PlanFields, hardware: HardwareProfile): Operation {
  const {cluster, operation = {}, reliability = {}} = fields;
  const numNodes = cluster.nodes ?? Math.ceil((cluster.devices ?? 0) / devicesPerNode(hardware.topology));
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
      hostPower: operation.host_power === undefined ? hardware.site.hostPower : watts(operation.host_power),
      pue: operation.pue ?? hardware.site.pue,
      gridCarbonKgPerJoule: operation.grid_carbon ?? hardware.site.gridCarbonKgPerJoule,
      energyPriceUsdPerJoule: operation.energy_price ?? hardware.site.energyPriceUsdPerJoule,
    },
  };
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
