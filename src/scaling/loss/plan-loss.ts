import type {Precision} from '../../cluster/accelerator.js';
import {countParameters} from '../../model/parameters.js';
import {numReplicas, type Plan} from '../../plan/plan.js';
import type {Band} from '../../units/band.js';
import {formatCount} from '../../units/format-quantity.js';
import {type BatchFit, batchFit} from '../batch/useful-share.js';
import {dilocoLossRatio, dilocoLossRatioOutsideRange} from '../diloco/loss-ratio.js';
import type {LossInputs} from './loss-inputs.js';
import {type LossLaw, lossBand, lossOf, lossOutsideRange} from './loss-law.js';
import {lawOfPlan, type NamedLaw} from './plan-law.js';

/** The loss that a plan's training ends with, and what it follows from. */
export interface PlanLoss {
  readonly law: NamedLaw;
  /** By the law, in its unit. */
  readonly value: number;
  /** By the errors of the law; null where it states none. */
  readonly band: Band | null;
  /** What the law was given; the tokens are those that count. */
  readonly inputs: LossInputs;
  readonly batch: BatchFit;
  /** Loss over that of data parallel; 1 without `diloco`. */
  readonly dilocoRatio: number;
  /** Sentences on what of the training run is outside the runs that its laws were fitted to. */
  readonly warnings: readonly string[];
}

/** The loss that a plan ends with where its goal is about it; its laws are evaluated only then. */
export function goalLoss(plan: Plan): number {
  return plan.goal.minimize === 'loss' ? planLoss(plan).value : 0;
}

/** Published laws of DiLoCo are of this many steps between two synchronisations. */
const innerStepsOfLaws = 30;
const lawsOfReplicas = /^diloco-(?:\d|joint|floor)$/;

/** Bits that products are computed in, where they are fewer than 16; attention stays in 16. */
const bitsOfPrecision: Readonly<Partial<Record<Precision, number>>> = {fp8: 8, mxfp8: 8, int8: 8, nvfp4: 4};

/** Width of the dense block that fine-grained experts divide, over the hidden size; a gated block has three matrices. */
const denseWidth = {plain: 4, gated: 8 / 3} as const;

/**
 * Loss of a plan at the end of its training, or after `tokens` of it. The layout does not matter to it;
 * the batch, repeated data and the replicas of DiLoCo do.
 */
export function planLoss(plan: Plan, tokens = plan.training.tokens): PlanLoss {
  const named = lawOfPlan(plan);
  const {law} = named;
  const {training, diloco} = plan;
  const batch = training.globalBatch * numReplicas(plan) * training.sequenceLength;
  const fit = batchFit({tokens, batch});
  const inputs = lossInputsOf(plan, law, tokens * fit.usefulShare);
  const ratio = dilocoRatio(plan, named);
  const band = lossBand(law, inputs);
  return {
    law: named,
    value: lossOf(law, inputs) * ratio,
    band: band && {p10: band.p10 * ratio, p50: band.p50 * ratio, p90: band.p90 * ratio},
    inputs,
    batch: fit,
    dilocoRatio: ratio,
    warnings: [
      ...lossOutsideRange(law, inputs),
      ...dataWarnings(plan, law, tokens),
      ...(batch > fit.critical ? [aboveCritical(batch, fit)] : []),
      ...(diloco === null
        ? []
        : dilocoLossRatioOutsideRange({...diloco, parameters: inputs.parameters}).filter(
            reason => !reason.startsWith('parameters'),
          )),
    ],
  };
}

/** A plan's model and data in the count of the law. */
function lossInputsOf(
  {model, training, diloco}: Pick<Plan, 'model' | 'training' | 'diloco'>,
  law: LossLaw,
  tokens: number,
): LossInputs {
  const {precision, uniqueTokens} = training;
  const bits = bitsOfPrecision[precision];
  const {experts, mlp, hiddenSize} = model;
  return {
    parameters: countedParameters(model, law),
    tokens,
    ...(uniqueTokens === undefined ? {} : {uniqueTokens: Math.min(uniqueTokens, tokens)}),
    ...(bits === undefined ? {} : {weightBits: bits, activationBits: bits}),
    ...(experts === null
      ? {}
      : {granularity: (denseWidth[mlp.kind] * hiddenSize) / experts.expertHiddenSize}),
    ...(diloco === null ? {} : {replicas: diloco.replicas}),
  };
}

/** Multi-token prediction is no part of the model that the loss is of. */
function countedParameters(model: Plan['model'], {counts}: LossLaw): number {
  const {parts, total} = countParameters(model);
  const main = total - parts.multiTokenPrediction;
  return counts === 'without embeddings' ? main - parts.embedding - parts.positions - parts.head : main;
}

/** What the law does not know of the replicas; a formula of the user's that reads M knows all. */
function dilocoRatio({model, diloco}: Plan, {name, law}: NamedLaw): number {
  if (diloco === null || (name === 'own' && law.form.reads.includes('replicas'))) return 1;
  const run = {...diloco, parameters: countParameters(model).total};
  const ratio = dilocoLossRatio(run);
  return lawsOfReplicas.test(name) ? ratio / dilocoLossRatio({...run, innerSteps: innerStepsOfLaws}) : ratio;
}

function dataWarnings({training: {uniqueTokens}}: Plan, {form}: LossLaw, tokens: number): string[] {
  if (uniqueTokens === undefined || uniqueTokens >= tokens || form.reads.includes('uniqueTokens')) return [];
  return [
    `the law takes ${formatCount(tokens)} tokens as new, of which ${formatCount(uniqueTokens)} are: muennighoff knows repeated data`,
  ];
}

function aboveCritical(batch: number, {critical, usefulShare}: BatchFit): string {
  return `batch of ${formatCount(batch)} tokens: above the critical ${formatCount(critical)}, ${Math.round(usefulShare * 100)} % of the tokens count`;
}
