import {outermostLink} from '../../../diloco/outer-training.js';
import {type Diloco, type Link, numDevicesOf, numReplicas, type Plan} from '../../../plan/plan.js';
import type {DilocoChoices} from '../../../plan/scaling.js';
import {searchLayouts} from '../../../search/search.js';
import {bytesPerSecond} from '../../../units/quantities.js';
import {candidateAt, plannedSpeed, type ScaleCandidate} from '../candidate.js';
import type {TrainingLimit} from '../limit.js';
import type {ModelTemplate} from '../model-template.js';
import {batchesNear, bestNearby} from '../surface/nearby.js';
import {dataParallelOf, joinedCluster, outerVariants} from './outer-variants.js';

/** One outer level, or none, with its best training by the limit. */
export interface OuterChoice {
  /** Null: ordinary data parallel. */
  readonly diloco: Diloco | null;
  /** Null where nothing fits, or not one step is done by the limit. */
  readonly candidate: ScaleCandidate | null;
}

export interface OuterComparison {
  /** Data parallel first. */
  readonly choices: readonly OuterChoice[];
  /** Candidate of the variant of least loss. */
  readonly bestDiloco: ScaleCandidate | null;
  /**
   * Bandwidth between two replicas, bytes/s, from which on data parallel reaches the lower loss; null where one of
   * the two is ahead at every bandwidth that was tried.
   */
  readonly crossoverBandwidth: number | null;
}

/** Place of the answer for the plan as it stands. */
export interface OuterQuestion {
  readonly family: ModelTemplate;
  readonly parameters: number;
  /** Sequences over all replicas. */
  readonly batch: number;
  readonly batches: readonly number[];
}

/** Best batches grow with the replicas by this power (Charles et al. 2025, Table 10). */
const batchPower = 0.34;

/** Data parallel over all devices against every outer level that may be chosen. */
export function dataParallelOrDiloco(
  plan: Plan,
  choices: DilocoChoices,
  question: OuterQuestion,
  limit: TrainingLimit,
): OuterComparison {
  const variants = [dataParallelOf(plan), ...outerVariants(plan, choices)];
  const answers = variants.map(variant => ({
    diloco: variant.diloco,
    candidate: bestNearby(
      variant,
      {
        family: question.family,
        parameters: question.parameters,
        within: 1.5,
        count: 3,
        batches: batchesNear(question.batches, question.batch * numReplicas(variant) ** batchPower, 1.6),
      },
      limit,
    ),
  }));
  const bestDiloco = answers.reduce<ScaleCandidate | null>((best, {diloco, candidate}) => {
    if (diloco === null || candidate === null) return best;
    return best === null || candidate.loss.value < best.loss.value ? candidate : best;
  }, null);
  return {
    choices: answers,
    bestDiloco,
    crossoverBandwidth: bestDiloco === null ? null : crossover(bestDiloco, limit),
  };
}

/** 1 Mbit/s to 10 Tbit/s. */
const [slowest, fastest] = [1.25e5, 1.25e12];
const bisections = 9;

function crossover(best: ScaleCandidate, limit: TrainingLimit): number | null {
  const ahead = (bandwidth: number) => {
    const link = {...linkOf(best.plan), bandwidth: bytesPerSecond(bandwidth)};
    return dataParallelLoss(best.plan, link, limit) < dilocoLoss(best, link, limit);
  };
  if (ahead(slowest) || !ahead(fastest)) return null;
  let [low, high] = [Math.log(slowest), Math.log(fastest)];
  for (let step = 0; step < bisections; step += 1) {
    const middle = (low + high) / 2;
    if (ahead(Math.exp(middle))) high = middle;
    else low = middle;
  }
  return Math.exp((low + high) / 2);
}

const linkOf = (plan: Plan): Link => plan.diloco?.link ?? outermostLink(plan);

/** The link is no part of the inner layout. */
function dilocoLoss({plan, layout, estimate}: ScaleCandidate, link: Link, limit: TrainingLimit): number {
  const {diloco} = plan;
  if (diloco === null) throw new Error('a variant of DiLoCo has an outer level');
  const joined = {...plan, diloco: {...diloco, link}};
  return candidateAt(plannedSpeed(joined, layout, estimate), limit)?.loss.value ?? Infinity;
}

function dataParallelLoss(plan: Plan, link: Link, limit: TrainingLimit): number {
  const {outerStateBytes: _, ...training} = plan.training;
  const together: Plan = {
    ...plan,
    diloco: null,
    cluster: joinedCluster({...plan.cluster, numDevices: numDevicesOf(plan)}, plan.cluster.numDevices, link),
    training: {...training, globalBatch: training.globalBatch * numReplicas(plan)},
  };
  const {best: found} = searchLayouts(together, {alternatives: 0});
  const candidate = found && candidateAt(plannedSpeed(together, found.layout, found.estimate), limit);
  return candidate?.loss.value ?? Infinity;
}
