import {type MeasuredFigure, type MeasuredRange, measuredFigures} from '../../frameworks/stack.js';
import type {TimedRun} from './timed-run.js';

/** What the runs span, figure by figure. */
export function measuredRangeOf(runs: readonly TimedRun[]): MeasuredRange {
  const range = (figure: MeasuredFigure): readonly [number, number] => {
    const values = runs.map(run => run.figures[figure]);
    return [Math.min(...values), Math.max(...values)];
  };
  return Object.fromEntries(
    measuredFigures.map(figure => [figure, range(figure)]),
  ) as unknown as MeasuredRange;
}
