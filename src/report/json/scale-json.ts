import {countParameters} from '../../model/parameters.js';
import {numReplicas} from '../../plan/plan.js';
import type {ScaleCandidate} from '../../scaling/time-aware/candidate.js';
import {shapeOf} from '../../scaling/time-aware/model-template.js';
import type {InferenceChoice} from '../../scaling/time-aware/questions/inference-aware.js';
import type {ScaleAnswer} from '../../scaling/time-aware/scale.js';
import {utilization} from '../utilization.js';

/** What to train by a limit as other programs read it: SI base units, batches in sequences. Pure data. */
export function scaleJson(answer: ScaleAnswer, version: string) {
  const {
    plan,
    limit,
    best,
    optimizer,
    own,
    computeOptimal,
    surface,
    calendar,
    sizes,
    shapes,
    devices,
    outer,
    inference,
  } = answer;
  return {
    walltime: version,
    plan: plan.name,
    limit: {seconds: finite(limit.seconds), flop: finite(limit.flop)},
    best: {...candidateJson(best), ...optimizer},
    own: own && candidateJson(own),
    computeOptimal: {
      parameters: computeOptimal.parameters,
      tokens: computeOptimal.tokens,
      promisedLoss: computeOptimal.promisedLoss,
      planned: computeOptimal.candidate && candidateJson(computeOptimal.candidate),
    },
    surface: surface.cells.map(({parameters, globalBatch, bound, status, candidate}) => ({
      parameters,
      globalBatch,
      status,
      loss: candidate && {...candidate.band},
      lossBound: finite(bound),
      tokens: candidate?.tokens ?? null,
    })),
    calendar: calendar.map(({seconds, candidate}) => ({...candidateJson(candidate), seconds})),
    sizes: sizes.map(candidateJson),
    shapes: shapes.map(({hiddenPerLayer, candidate}) => ({
      hiddenPerLayer,
      planned: candidate && candidateJson(candidate),
    })),
    devices: {
      enough: devices.enough,
      worthwhileShare: devices.worthwhile,
      choices: devices.choices.map(({devices: count, candidate}) => ({
        devices: count,
        planned: candidate && candidateJson(candidate),
      })),
    },
    dataParallelOrDiloco: outer && {
      crossoverBytesPerSecond: outer.crossoverBandwidth,
      choices: outer.choices.map(({diloco, candidate}) => ({
        diloco,
        planned: candidate && candidateJson(candidate),
      })),
    },
    inferenceAware: inference && {
      loss: inference.loss,
      best: inference.choice && inferenceJson(inference.choice),
      trainingOnly: inference.trainingOnly && inferenceJson(inference.trainingOnly),
    },
    search: {cells: surface.cells.length, searches: answer.searches, gapShare: surface.gap},
    warnings: best.loss.warnings,
  };
}

function candidateJson({plan, layout, tokens, estimate, run, loss, band}: ScaleCandidate) {
  const parameters = countParameters(plan.model).total;
  const globalBatch = plan.training.globalBatch * numReplicas(plan);
  return {
    parameters,
    shape: shapeOf(plan.model),
    tokens,
    tokensPerParameter: tokens / parameters,
    globalBatch,
    globalBatchTokens: globalBatch * plan.training.sequenceLength,
    layout,
    diloco: plan.diloco,
    loss: {...band, law: loss.law.name},
    usefulTokenShare: loss.batch.usefulShare,
    stepSeconds: estimate.seconds,
    modelFlopsUtilization: utilization(plan, layout, estimate.seconds).modelFlopsUtilization,
    goodput: run.goodput,
    // By the calendar; cleanSeconds without what it loses.
    seconds: run.expectedSeconds,
    secondsP90: run.seconds.p90,
    cleanSeconds: run.cleanSeconds.p50,
    deviceHours: run.deviceHours,
    costUsd: run.costUsd,
  };
}

function inferenceJson({plan, parameters, tokens, seconds, trainingFlop, inferenceFlop}: InferenceChoice) {
  return {parameters, shape: shapeOf(plan.model), tokens, seconds, trainingFlop, inferenceFlop};
}

/** JSON has no infinity. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
