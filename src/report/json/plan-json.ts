import type {DesignChoices} from '../../layout/design.js';
import type {Plan} from '../../layout/plan.js';
import type {Alternative, Answer, DesignOutcome} from '../../search/design/answer.js';
import {meetsLimits} from '../../search/design/goal.js';
import type {Outcome} from '../../search/design/outcome.js';
import type {Lost} from '../../search/design/why-lost.js';
import type {Rejection} from '../../search/rejections.js';
import type {Candidate} from '../../search/search-result.js';
import type {Risk} from '../../units/band.js';
import {makeSimulation} from '../simulation.js';
import {lostInWords} from '../text/plan/why-lost.js';
import {rejectionReason} from '../words/rejection-reason.js';
import {simulationJson} from './simulation-json.js';

/** How long a search took on how many threads; seconds are null where the answer must not depend on the clock. */
export interface SearchTiming {
  readonly seconds: number | null;
  readonly threads: number;
}

/** The answer of a plan as other programs read it. Pure data. */
export function planJson(answer: Answer, version: string, timing: SearchTiming) {
  const {best, alternatives, rejected, counts, optimal, smallest, risk, designs, impossible} = answer;
  return {
    walltime: version,
    risk,
    best: best === null ? null : outcomeJson(best, risk, version),
    alternatives: alternatives.map(alternative => alternativeJson(alternative, risk, version)),
    // Only where nothing fits: the layout that comes nearest.
    ...(smallest === null
      ? {}
      : {smallest: candidateJson(smallest.design.plan, smallest.candidate, risk, version)}),
    pareto: answer.pareto.map(frontJson),
    designs: designs.map(designJson),
    impossible,
    rejected: rejected.map(rejectionJson),
    search: {
      ...counts,
      designs: designs.length,
      seconds: timing.seconds,
      optimal,
      threads: timing.threads,
      certificate: answer.certificate,
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

function outcomeJson({design, candidate}: Outcome, risk: Risk, version: string) {
  return {...candidateJson(design.plan, candidate, risk, version), choices: design.choices};
}

/** As the best one, without what is the same for all and without the stages. */
function alternativeJson(alternative: Alternative, risk: Risk, version: string) {
  const {walltime: _, plan: __, memory, loss: ___, ...rest} = outcomeJson(alternative, risk, version);
  const {stages: ____, ...summary} = memory;
  return {...rest, memory: summary, lost: lostJson(alternative)};
}

function lostJson(alternative: Alternative) {
  const {slower, misses, part}: Lost = alternative.lost;
  return {
    reason: lostInWords(alternative),
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

function frontJson(outcome: Outcome) {
  return {choices: outcome.design.choices, layout: outcome.candidate.layout, ...figuresJson(outcome)};
}

function designJson({choices, outcome, counts}: DesignOutcome): DesignJson {
  if (outcome === null) return {choices, verdict: 'does not fit', layout: null, figures: null, counts};
  const verdict = meetsLimits(outcome.design.plan.goal, outcome.figures) ? 'meets' : 'misses';
  return {choices, verdict, layout: outcome.candidate.layout, figures: figuresJson(outcome), counts};
}

interface DesignJson extends Pick<DesignOutcome, 'choices' | 'counts'> {
  readonly choices: DesignChoices;
  readonly verdict: 'meets' | 'misses' | 'does not fit';
  readonly layout: Candidate['layout'] | null;
  readonly figures: ReturnType<typeof figuresJson> | null;
}

/** At the risk that was planned on. */
function figuresJson({candidate, figures}: Outcome) {
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
