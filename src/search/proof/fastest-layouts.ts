import type {Layout} from '../../layout/layout.js';
import {compareRanked, type RankedLayout} from '../compare-layouts.js';
import {type Findings, faster} from '../findings.js';
import {type Collector, type EvaluatedStep, noCounts, type StepBound} from '../walk/collector.js';
import type {OomLayouts} from '../walk/oom-layouts.js';
import {type DegreesIncumbents, frontLevels, levelOf} from './incumbents.js';

/** The fastest layouts of one combination of degrees, the fastest of each level of memory, and those out of memory. */
export class FastestLayouts implements Collector {
  readonly counts = noCounts();
  best: RankedLayout | null = null;
  /** Best of those that need each level of memory, and no level less. */
  readonly front: (RankedLayout | null)[] = Array.from({length: frontLevels}, () => null);

  constructor(
    private readonly incumbents: DegreesIncumbents,
    private readonly usableBytes: number,
    readonly oom: OomLayouts,
  ) {}

  isPruned({seconds, neededBytes}: StepBound, riskFactor: number): boolean {
    return this.incumbents.isPruned(seconds * riskFactor, neededBytes / this.usableBytes);
  }

  record(step: EvaluatedStep, riskFactor: number, layout: () => Layout): void {
    const {incumbents} = this;
    const seconds = riskFactor * step.seconds;
    const share = step.neededBytes / this.usableBytes;
    if (incumbents.isPruned(seconds, share)) return;
    const level = levelOf(share);
    incumbents.tighten(seconds, level);
    const timed = {layout: layout(), seconds, peakBytes: step.peakBytes};
    if (this.best === null || compareRanked(timed, this.best) < 0) this.best = timed;
    if (incumbents.hasFront) this.front[level] = faster(this.front[level] ?? null, timed);
  }

  findings(): Findings {
    const {counts, best, front, oom} = this;
    return {
      ...counts,
      bestByDegrees: best === null ? [] : [best],
      front,
      rejected: oom.rejections(),
      least: oom.least,
    };
  }
}
