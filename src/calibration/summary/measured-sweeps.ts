import {groupBy, mean, median} from '../statistics.js';

/** A predicted and a measured step time, with the sweep and the configuration that they belong to. */
export interface ComparedRun {
  readonly sweep: string;
  /** Runs of a sweep with equal configurations repeat each other. */
  readonly configuration: string;
  readonly predicted: number;
  readonly measured: number;
}

/** A layout of a sweep: its repeated runs as one. */
export interface MeasuredLayout {
  readonly predicted: number;
  readonly measured: number;
}

/** Fewest layouts of a sweep in which a choice is judged. */
const fewestLayouts = 5;

/** The layouts of each sweep that measured five or more. */
export function measuredSweeps(runs: readonly ComparedRun[]): readonly (readonly MeasuredLayout[])[] {
  return [...groupBy(runs, ({sweep}) => sweep).values()]
    .map(sweep => [...groupBy(sweep, ({configuration}) => configuration).values()].map(meanOfRepeats))
    .filter(layouts => layouts.length >= fewestLayouts);
}

function meanOfRepeats(repeats: readonly ComparedRun[]): MeasuredLayout {
  return {
    predicted: mean(repeats.map(({predicted}) => predicted)),
    measured: median(repeats.map(({measured}) => measured)),
  };
}
