import {
  allocatedBytes,
  type MemoryEstimate,
  memoryPartNames,
  type StageMemory,
} from '../../cost/memory/memory.js';
import {type StepParts, stepPartNames} from '../../cost/step.js';
import {numDevicesOf, numReplicas, type Plan} from '../../plan/plan.js';
import type {RunEstimate} from '../../run/run.js';
import type {PlanLoss} from '../../scaling/loss/plan-loss.js';
import type {Band} from '../../units/band.js';
import type {Simulation} from '../simulation.js';

/** A simulation as other programs read it: SI base units, the unit in the name. Pure data. */
export function simulationJson(simulation: Simulation, version: string) {
  const {plan, layout, estimate, step, memory, utilization, run, warnings} = simulation;
  return {
    walltime: version,
    plan: planJson(plan),
    layout,
    step: {seconds: {...step}, numMicrobatches: estimate.numMicrobatches, parts: partSeconds(estimate.parts)},
    tokensPerSecondPerDevice: utilization.tokensPerSecondPerDevice,
    modelFlopsUtilization: utilization.modelFlopsUtilization,
    hardwareFlopsUtilization: utilization.hardwareFlopsUtilization,
    memory: memoryJson(estimate.memory, memory),
    run: {
      steps: run.steps,
      // By the calendar, as runs of this kind went; device-hours, cost and energy are those of its median.
      seconds: {...run.seconds},
      cleanSeconds: {...run.cleanSeconds},
      asPlannedSeconds: {...run.asPlannedSeconds},
      calendar: calendarJson(plan, run),
      goodput: run.goodput,
      deviceHours: run.deviceHours,
      costUsd: run.costUsd,
      energyJoules: run.energyJoules,
      energyCostUsd: run.energyCostUsd,
      carbonKg: run.carbonKg,
      outer: outerJson(run),
      stepsOnlySeconds: {...run.stepsOnly},
      expectedSeconds: run.expectedSeconds,
      goodputBand: {...run.goodputBand},
      parts: Object.fromEntries(Object.entries(run.parts).map(([name, part]) => [`${name}Seconds`, part])),
      failures: failuresJson(plan, run),
      checkpoint: {
        bytes: run.checkpoint.bytes,
        everySeconds: finite(run.checkpointInterval),
        pauseSeconds: run.checkpoint.pauseSeconds,
        writeSeconds: run.checkpoint.writeSeconds,
        bandwidthBytesPerSecond: run.checkpoint.bandwidth,
        bandwidthAssumed: run.checkpoint.bandwidthAssumed,
      },
    },
    loss: lossJson(simulation.loss),
    ...(Object.keys(simulation.choices).length === 0 ? {} : {variant: simulation.choices}),
    defaults: simulation.defaults,
    assumptions: plan.assumptions,
    warnings,
  };
}

function calendarJson({operation: {calendar: kind}}: Plan, {calendar}: RunEstimate) {
  const {factor, losses, layout, terms} = calendar;
  return {
    kind: kind === 'clean' ? 'clean' : 'published',
    layoutStated: kind === 'clean' || kind.layout === 'stated',
    overClean: {...factor},
    lossesOverClean: {...losses},
    layoutOverPlanned: {...layout},
    termsOverClean: {...terms},
  };
}

function outerJson({outer}: RunEstimate) {
  if (outer === null) return null;
  const {roundSeconds, computeUtilization, reductionSeconds, trafficBytes, link} = outer;
  return {
    roundSeconds,
    computeUtilization,
    reductionSeconds,
    trafficBytesPerRound: trafficBytes,
    linkBytesPerSecond: link.bandwidth,
    linkLatencySeconds: link.latency,
  };
}

/** p10 and p90 are null where the law states no errors. */
function lossJson({law, value, band, inputs, batch, dilocoRatio, warnings}: PlanLoss) {
  return {
    p10: band?.p10 ?? null,
    p50: value,
    p90: band?.p90 ?? null,
    law: law.name,
    unit: law.law.unit,
    parametersCounted: inputs.parameters,
    tokensCounted: inputs.tokens,
    bestBatchTokens: batch.best,
    criticalBatchTokens: batch.critical,
    usefulTokenShare: batch.usefulShare,
    dilocoRatio,
    warnings,
  };
}

function failuresJson({operation}: Plan, {failures, meanTimeBetweenFailures}: RunEstimate) {
  return {
    expected: failures,
    meanTimeBetweenSeconds: finite(meanTimeBetweenFailures),
    // Null: the plan states the rate, or counts no failures.
    assumedFrom: operation.failures?.source ?? null,
  };
}

/** JSON has no infinity. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Subject of the simulation, which identifies a stored answer. */
function planJson(plan: Plan) {
  const {name, model, cluster, training, goal, diloco} = plan;
  return {
    name,
    model: model.name,
    hardware: cluster.hardware,
    software: cluster.software.name,
    devices: numDevicesOf(plan),
    tokens: training.tokens,
    sequenceLength: training.sequenceLength,
    globalBatchSequences: training.globalBatch * numReplicas(plan),
    precision: training.precision,
    optimizer: training.optimizer,
    diloco,
    goal: {minimize: goal.minimize, deadlineSeconds: goal.deadline, budgetUsd: goal.budget, loss: goal.loss},
  };
}

/** In the order in which they are added up, so that a reader's sum is the step to the last bit. */
function partSeconds(parts: StepParts): Record<string, number> {
  return Object.fromEntries(stepPartNames.map(name => [`${name}Seconds`, parts[name]]));
}

function memoryJson(memory: MemoryEstimate, band: Band) {
  const {peakBytes, reservedBytes, outsideAllocatorBytes, capacityBytes, fits, fullest, stages} = memory;
  return {
    peakBytes,
    peakBytesBand: {...band},
    reservedBytes,
    outsideBytes: outsideAllocatorBytes,
    capacityBytes,
    fits,
    fullestStage: fullest,
    stages: stages.map(stage => ({allocatedBytes: allocatedBytes(stage), parts: partBytes(stage)})),
  };
}

function partBytes(stage: StageMemory): Record<string, number> {
  return Object.fromEntries(memoryPartNames.map(name => [`${name}Bytes`, stage[name]]));
}
