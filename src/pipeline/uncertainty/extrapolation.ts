import {type MeasuredFigure, measuredFigures} from '../../frameworks/stack.js';
import type {Layout} from '../../layout/layout.js';
import {countParameters} from '../../model/parameters.js';
import type {TablesSubject} from '../tables/step-tables.js';

/** A figure of a run outside the range of the measured runs of its stack. */
export interface Extrapolation {
  readonly figure: MeasuredFigure;
  readonly value: number;
  /** The nearest that was measured. */
  readonly measured: number;
}

/** Subject of a comparison with the measured runs of a stack. */
export interface ExtrapolationSubject extends TablesSubject {
  readonly layout: Pick<Layout, 'microBatch' | 'tensor' | 'pipeline' | 'context' | 'expert'>;
}

/** Figures of a run whose measured range a fit keeps. */
export function figuresOf({
  model,
  numDevices,
  training,
  layout,
}: Pick<ExtrapolationSubject, 'model' | 'training' | 'layout'> & {readonly numDevices: number}): Readonly<
  Record<MeasuredFigure, number>
> {
  return {
    devices: numDevices,
    parameters: countParameters(model).total,
    sequenceLength: training.sequenceLength,
    microBatch: layout.microBatch,
    tensor: layout.tensor,
    pipeline: layout.pipeline,
    context: layout.context,
    expert: layout.expert,
  };
}

/** Figures of a run that no run of its stack came near; empty where its constants were fitted to none. */
export function extrapolations({
  model,
  cluster,
  training,
  layout,
}: ExtrapolationSubject): readonly Extrapolation[] {
  const range = cluster.software.measuredRange;
  if (range === null) return [];
  const values = figuresOf({model, numDevices: cluster.numDevices, training, layout});
  return measuredFigures.flatMap(figure => {
    const [least, most] = range[figure];
    const value = values[figure];
    const measured = Math.min(most, Math.max(least, value));
    return measured === value ? [] : [{figure, value, measured}];
  });
}

/** Sum of the doublings by which the figures are outside their measured ranges. */
export function extrapolationDoublings(extrapolated: readonly Extrapolation[]): number {
  return extrapolated.reduce((sum, {value, measured}) => sum + Math.abs(Math.log2(value / measured)), 0);
}
