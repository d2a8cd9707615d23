import type {Layout} from '../../layout/layout.js';
import {estimateStep} from '../../pipeline/estimate.js';
import type {Plan} from '../../plan/plan.js';
import type {Risk} from '../../units/band.js';
import {compareRanked, type RankedLayout} from '../compare-layouts.js';
import {type Collector, type EvaluatedStep, noCounts, type StepBound} from '../walk/collector.js';
import {evaluatePlan} from './evaluated-plan.js';
import {meetsLimits} from './goal.js';
import type {GoalObjective} from './objective.js';

/** A layout that fits, with its value of the objective. */
interface ValuedLayout extends RankedLayout {
  readonly value: number;
}

/** Best layout by an objective, within the limits of the goal and without them. */
export class BestByObjective implements Collector {
  readonly counts = noCounts();
  readonly oom = null;
  private readonly limit: StepLimit;
  private within: ValuedLayout | null = null;
  private least: ValuedLayout | null = null;

  constructor(
    plan: Plan,
    risk: Risk,
    private readonly objective: GoalObjective,
  ) {
    this.limit = new StepLimit(plan, risk);
  }

  isPruned(bound: StepBound, riskFactor: number): boolean {
    return this.isWorse(bound.seconds * riskFactor, this.objective.lowerBound(bound));
  }

  record(
    {parts, seconds: estimated, peakBytes, neededBytes}: EvaluatedStep,
    riskFactor: number,
    layout: () => Layout,
  ): void {
    const seconds = riskFactor * estimated;
    const value = this.objective.value(parts, neededBytes);
    if (this.isWorse(seconds, value)) return;
    const found = {layout: layout(), seconds, peakBytes, value};
    if (this.least === null || compareValued(found, this.least) < 0) this.least = found;
    if (this.within !== null && compareValued(found, this.within) >= 0) return;
    if (this.limit.isMetBy(found)) this.within = found;
  }

  /** The best within the limits; where there is none, the best without them. */
  layouts(): readonly Layout[] {
    const best = this.within ?? this.least;
    return best === null ? [] : [best.layout];
  }

  /** True if no layout that takes at least as long and has at least this value is better than the best. */
  private isWorse(seconds: number, value: number): boolean {
    const {within, least, limit} = this;
    if (within !== null) return limit.isMissedBy(seconds) || isWorseThan(seconds, value, within);
    return least !== null && limit.isMissedBy(seconds) && isWorseThan(seconds, value, least);
  }
}

function isWorseThan(seconds: number, value: number, best: ValuedLayout): boolean {
  return value > best.value || (value === best.value && seconds > best.seconds);
}

function compareValued(a: ValuedLayout, b: ValuedLayout): number {
  return a.value - b.value || compareRanked(a, b);
}

/** Longest step that meets deadline and budget. Found by estimating whole runs; run time is monotonic in step time. */
class StepLimit {
  private longestMeeting = Number.NEGATIVE_INFINITY;
  private shortestMissing = Infinity;

  constructor(
    private readonly plan: Plan,
    private readonly risk: Risk,
  ) {
    const {deadline, budget} = plan.goal;
    if (deadline === null && budget === null) this.longestMeeting = Infinity;
  }

  /** Whether the limits are known to be missed, without estimating another run. */
  isMissedBy(seconds: number): boolean {
    return seconds >= this.shortestMissing;
  }

  isMetBy({layout, seconds}: RankedLayout): boolean {
    if (seconds <= this.longestMeeting) return true;
    if (seconds >= this.shortestMissing) return false;
    const {plan, risk} = this;
    const estimate = estimateStep({...plan, layout});
    const {figures} = evaluatePlan({choices: {}, plan}, {layout, estimate}, {risk});
    const meets = meetsLimits(plan.goal, figures);
    if (meets) this.longestMeeting = seconds;
    else this.shortestMissing = seconds;
    return meets;
  }
}
