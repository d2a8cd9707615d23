import type {Design, DesignChoices, DesignSpace, ImpossibleDesign} from '../../layout/design.js';
import type {Layout} from '../../layout/layout.js';
import {estimateStep} from '../../pipeline/estimate.js';
import type {Risk} from '../../units/band.js';
import {familyKey} from '../families.js';
import {mergeRejections, type Rejection} from '../rejections.js';
import type {Candidate, Certificate, SearchCounts, SearchResult} from '../search-result.js';
import {compareOutcomes} from './goal.js';
import {type Judging, makeOutcome, type Outcome} from './outcome.js';
import {paretoFront} from './pareto.js';
import {type Lost, whyLost} from './why-lost.js';

/** What the plan's goal chooses out of all designs and all their layouts. */
export interface Answer {
  /** Where nothing meets the limits, what comes nearest to them; null where nothing fits in memory. */
  readonly best: Outcome | null;
  /** Others that differ in kind, best first: in the design or in the degrees of their layout. */
  readonly alternatives: readonly Alternative[];
  /** Nothing is better in time, cost or memory headroom without being worse in another; fastest first. */
  readonly pareto: readonly Outcome[];
  /** Each design with the best that it can be; one where the plan opens nothing beside the layout. */
  readonly designs: readonly DesignOutcome[];
  readonly impossible: readonly ImpossibleDesign[];
  readonly rejected: readonly Rejection[];
  /** Of all designs. */
  readonly counts: SearchCounts;
  /** Every layout of every design was evaluated or excluded for a proved reason. */
  readonly optimal: boolean;
  /** How far closed forms were from events, over all designs. */
  readonly certificate: Certificate | null;
  /** The layout that comes nearest to fitting, where none fits. */
  readonly smallest: {readonly design: Design; readonly candidate: Candidate} | null;
  /** The figure that was planned on. */
  readonly risk: Risk;
}

export interface Alternative extends Outcome {
  readonly lost: Lost;
}

export interface DesignOutcome {
  readonly choices: DesignChoices;
  /** Null where none of its layouts fits. */
  readonly outcome: Outcome | null;
  readonly counts: SearchCounts;
}

export interface AnswerOptions extends Partial<Judging> {
  /** Alternatives that are kept. */
  readonly alternatives?: number;
  /** A layout that is likely near the best: the search is sooner done, its answer the same. */
  readonly seed?: Layout;
}

/** Takes in the searches of the designs, in their order. */
export interface Deciding {
  /**
   * @param design its place; in rising order
   * @param goalLayouts the one that the goal prefers to the fastest ones, if any: see `goalSearch`
   */
  add(design: number, result: SearchResult, goalLayouts: readonly Layout[]): void;
  answer(): Answer;
}

/** Decides among designs as the searches of their layouts come in. */
export function decide({designs, impossible}: DesignSpace, options: AnswerOptions = {}): Deciding {
  const {risk = 'p50', alternatives = 5, lossOf} = options;
  const judging: Judging = {risk, lossOf};
  const seen: DesignOutcome[] = [];
  let winner: {readonly outcome: Outcome; readonly others: readonly Outcome[]} | null = null;
  let front: readonly Outcome[] = [];
  let smallest: Answer['smallest'] = null;
  let optimal = true;
  const counts = {space: 0, evaluated: 0, excludedByMemory: 0, excludedByBound: 0};
  let rejected: readonly Rejection[] = [];
  let certificate: Certificate | null = null;
  return {
    add(index, result, goalLayouts) {
      const design = designs[index];
      if (design === undefined) throw new Error('there are no more designs than the plan opens');
      const outcomes = outcomesOf(design, result, goalLayouts, judging);
      const [outcome = null] = outcomes.answers;
      seen.push({choices: design.choices, outcome, counts: result.counts});
      for (const key of countNames) counts[key] += result.counts[key];
      optimal &&= result.optimal;
      rejected = mergeRejections(rejected, result.rejected);
      certificate = joinCertificates(certificate, result.certificate);
      front = paretoFront([...front, ...outcomes.answers, ...outcomes.front]);
      if (outcome !== null && (winner === null || compareOutcomes(outcome, winner.outcome) < 0)) {
        winner = {outcome, others: outcomes.answers.slice(1)};
      }
      if (result.smallest !== null && nearer(result.smallest, smallest?.candidate)) {
        smallest = {design, candidate: result.smallest};
      }
    },
    answer: () => ({
      best: winner?.outcome ?? null,
      alternatives: winner === null ? [] : runnersUp(winner.outcome, winner.others, seen, alternatives),
      pareto: front,
      designs: seen,
      impossible,
      rejected,
      certificate,
      counts,
      optimal: optimal && seen.length === designs.length,
      smallest: winner === null ? smallest : null,
      risk,
    }),
  };
}

const countNames = ['space', 'evaluated', 'excludedByMemory', 'excludedByBound'] as const;

interface DesignOutcomes {
  /** The best by the goal of each family of layouts, best first. */
  readonly answers: readonly Outcome[];
  readonly front: readonly Outcome[];
}

function outcomesOf(
  design: Design,
  result: SearchResult,
  goalLayouts: readonly Layout[],
  judging: Judging,
): DesignOutcomes {
  if (result.best === null) return {answers: [], front: []};
  const front = result.pareto.map(candidate => makeOutcome(design, candidate, judging));
  const all = [result.best, ...result.alternatives].map(candidate => makeOutcome(design, candidate, judging));
  const wanted = goalLayouts.map(layout => {
    const estimate = estimateStep({...design.plan, layout});
    return makeOutcome(design, {layout, estimate}, judging);
  });
  const families = new Map<string, Outcome>();
  for (const outcome of [...all, ...front, ...wanted]) {
    const key = familyKey(outcome.candidate.layout);
    const known = families.get(key);
    if (known === undefined || compareOutcomes(outcome, known) < 0) families.set(key, outcome);
  }
  return {answers: [...families.values()].sort(compareOutcomes), front: [...front, ...wanted]};
}

function runnersUp(
  best: Outcome,
  families: readonly Outcome[],
  designs: readonly DesignOutcome[],
  kept: number,
): readonly Alternative[] {
  const others = designs.flatMap(({outcome}) => (outcome === null || outcome === best ? [] : [outcome]));
  return [...families, ...others]
    .sort(compareOutcomes)
    .slice(0, kept)
    .map(outcome => ({...outcome, lost: whyLost(best, outcome)}));
}

function joinCertificates(a: Certificate | null, b: Certificate | null): Certificate | null {
  if (a === null || b === null) return a ?? b;
  const further = Math.abs(b.largestDifference) > Math.abs(a.largestDifference) ? b : a;
  return {simulated: a.simulated + b.simulated, largestDifference: further.largestDifference};
}

function nearer(a: Candidate, b: Candidate | undefined): boolean {
  const share = ({estimate: {memory}}: Candidate) =>
    (memory.peakBytes + memory.outsideBytes) / memory.capacityBytes;
  return b === undefined || share(a) < share(b);
}
