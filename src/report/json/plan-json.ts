import type {Plan} from '../../plan/plan.js';
import type {VariantChoices} from '../../plan/variant.js';
import type {Rejection} from '../../search/rejections.js';
import type {Candidate, SearchTiming} from '../../search/search-result.js';
import type {Alternative, Answer, VariantOutcome} from '../../search/variants/answer.js';
import type {EvaluatedPlan} from '../../search/variants/evaluated-plan.js';
import {meetsLimits} from '../../search/variants/goal.js';
import type {WhyLost} from '../../search/variants/why-lost.js';
import type {Risk} from '../../units/band.js';
import {makeSimulation} from '../simulation.js';
import {rejectionReason} from '../words/rejection-reason.js';
import {formatWhyLost} from '../words/why-lost.js';
import {simulationJson} from './simulation-json.js';

/** The answer of a plan as other programs read it. Pure data. */
export function planJson(answer: Answer, version: string, timing: SearchTiming) {
  const {best, alternatives, rejected, counts, optimal, smallest, risk, variants, infeasible} = answer;
  return {
    walltime: version,
    risk,
    best: best === null ? null : outcomeJson(best, risk, version),
    alternatives: alternatives.map(alternative => alternativeJson(alternative, risk, version)),
    // Only where nothing fits: the layout that comes nearest.
    ...(smallest === null
      ? {}
      : {smallest: candidateJson(smallest.variant.plan, smallest.candidate, risk, version)}),
    pareto: answer.pareto.map(frontJson),
    designs: variants.map(variantJson),
    impossible: infeasible,
    rejected: rejected.map(rejectionJson),
    search: {
      ...counts,
      designs: variants.length,
      seconds: timing.seconds,
      optimal,
      threads: timing.threads,
      certificate: answer.simulationCheck,
    },
  };
}

function rejectionJson(rejection: Rejection) {
  const {count, example} = rejection;
  return {reason: rejectionReason(rejection), count, example};
}

function candidateJson(plan: Plan, {layout, estimate}: Candidate, risk: Risk, version: string) {
  return simulationJson(makeSimulation(plan, layout, estimate, {risk}), version);
}

function outcomeJson({variant, candidate}: EvaluatedPlan, risk: Risk, version: string) {
  return {...candidateJson(variant.plan, candidate, risk, version), choices: variant.choices};
}

/** As the best one, without what is the same for all and without the stages. */
function alternativeJson(alternative: Alternative, risk: Risk, version: string) {
  const {walltime: _, plan: __, memory, loss: ___, ...rest} = outcomeJson(alternative, risk, version);
  const {stages: ____, ...summary} = memory;
  return {...rest, memory: summary, lost: lostJson(alternative)};
}

function lostJson(alternative: Alternative) {
  const {slower, misses, part}: WhyLost = alternative.lost;
  return {
    reason: formatWhyLost(alternative),
    slower,
    misses,
    part:
      part === null
        ? null
        : {
            name: part.name,
            extraSeconds: part.extraSeconds,
            growth: Number.isFinite(part.growth) ? part.growth : null,
            cause: part.cause,
          },
  };
}

function frontJson(outcome: EvaluatedPlan) {
  return {choices: outcome.variant.choices, layout: outcome.candidate.layout, ...figuresJson(outcome)};
}

function variantJson({choices, outcome, counts}: VariantOutcome): VariantJson {
  if (outcome === null) return {choices, verdict: 'does not fit', layout: null, figures: null, counts};
  const verdict = meetsLimits(outcome.variant.plan.goal, outcome.figures) ? 'meets' : 'misses';
  return {choices, verdict, layout: outcome.candidate.layout, figures: figuresJson(outcome), counts};
}

interface VariantJson extends Pick<VariantOutcome, 'choices' | 'counts'> {
  readonly choices: VariantChoices;
  readonly verdict: 'meets' | 'misses' | 'does not fit';
  readonly layout: Candidate['layout'] | null;
  readonly figures: ReturnType<typeof figuresJson> | null;
}

/** At the risk that was planned on. */
function figuresJson({candidate, figures}: EvaluatedPlan) {
  const {seconds, costUsd, energyJoules, memoryShare, deviceSeconds} = figures;
  return {
    stepSeconds: candidate.estimate.seconds,
    runSeconds: seconds,
    deviceHours: deviceSeconds / 3600,
    costUsd,
    energyJoules,
    memoryShare,
  };
}
