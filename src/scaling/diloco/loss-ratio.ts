import type {LawFacts} from '../law-facts.js';
import {outsideRange} from '../outside-range.js';

/** A run of DiLoCo, by what sets its loss apart from that of data parallel. */
export interface DilocoRun {
  readonly parameters: number;
  readonly replicas: number;
  /** Steps between two synchronisations. */
  readonly innerSteps: number;
}

const dilocoLossRatioLaw = {
  title: 'DiLoCo against data parallel, interpolated',
  source:
    'Charles et al. 2025, Tables 4 and 5, at 30 inner steps; for more of them Douillard et al. 2025, "Streaming DiLoCo", Tables 5 and 6',
  mark: 'derived',
  range: {
    mark: 'read',
    bounds: {
      parameters: {from: 35e6, to: 10e9},
      replicas: {from: 1, to: 8},
      innerSteps: {from: 30, to: 100},
    },
  },
  note: 'at 20 tokens a parameter',
} as const satisfies LawFacts<keyof DilocoRun>;

/** Losses as printed: parameters, data parallel, then DiLoCo with 1, 2, 4 and 8 replicas where it was run. */
const losses: readonly (readonly [parameters: number, dataParallel: number, ...diloco: number[]])[] = [
  [35e6, 3.485, 3.482, 3.508, 3.554, 3.621],
  [90e6, 3.167, 3.162, 3.182, 3.213, 3.265],
  [180e6, 2.95, 2.943, 2.957, 2.981, 3.019],
  [335e6, 2.784, 2.777, 2.788, 2.808, 2.841],
  [550e6, 2.653, 2.645, 2.657, 2.673, 2.698],
  [1.3e9, 2.46, 2.451, 2.464, 2.472, 2.493],
  [2.4e9, 2.326, 2.317, 2.323, 2.332, 2.351],
  [4e9, 2.224, 2.219, 2.22, 2.23],
  [10e9, 2.09, 2.086, 2.086, 2.096],
];

/** Loss over that of data parallel at the same size and tokens: by replicas, points of size and ratio. */
const ratios = [1, 2, 4, 8].map((replicas, column) => {
  const points = losses.flatMap(([parameters, dataParallel, ...diloco]) => {
    const loss = diloco[column];
    return loss === undefined ? [] : [[parameters, loss / dataParallel] as const];
  });
  return [replicas, points] as const;
});

/**
 * Share that 100 inner steps add to the loss of 30, by replicas: the mean over 35 M to 1 B parameters, where it
 * does not change by more than the rounding of the tables. For one replica no numbers are printed.
 */
const periodEffects = [
  [1, 0],
  [2, 0.0068],
  [4, 0.0111],
] as const;
const measuredPeriods = [30, 100] as const;

/**
 * Loss of a DiLoCo run over that of data parallel at the same size and tokens: linear in the logarithms of
 * size, replicas and inner steps between the measured runs, the nearest of them outside.
 */
export function dilocoLossRatio({parameters, replicas, innerSteps}: DilocoRun): number {
  const byReplicas = ratios.map(([count, points]) => [count, interpolate(points, parameters)] as const);
  const [shortest, longest] = measuredPeriods;
  const period = Math.log(Math.max(shortest, innerSteps) / shortest) / Math.log(longest / shortest);
  return interpolate(byReplicas, replicas) * (1 + period * interpolate(periodEffects, replicas));
}

/** Why the run is outside the measured ones; empty inside. */
export function dilocoLossRatioOutsideRange(run: DilocoRun): string[] {
  return outsideRange(dilocoLossRatioLaw.range, {...run});
}

/** At log `x` between the two nearest points, which are sorted; the outermost beyond them. */
function interpolate(points: readonly (readonly [x: number, y: number])[], x: number): number {
  const above = points.findIndex(([at]) => at >= x);
  const next = points[above === -1 ? points.length - 1 : above];
  const previous = points[above - 1];
  if (next === undefined) return Number.NaN;
  if (previous === undefined) return next[1];
  const share = Math.log(x / previous[0]) / Math.log(next[0] / previous[0]);
  return previous[1] + share * (next[1] - previous[1]);
}
