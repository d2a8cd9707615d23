import type {Evidence} from '../frameworks/stack.js';
import {numDevicesOf} from '../plan/plan.js';
import {
  formatBinaryBytes,
  formatCount,
  formatEnergy,
  formatNumber,
  formatPercent,
  formatSeconds,
  formatUsd,
} from '../units/format-quantity.js';
import type {Simulation} from './simulation.js';

/** One of the plans that stand side by side. */
export interface ComparedPlan {
  readonly label: string;
  /** Its best layout, or where none fits the one that needs least; null where there is none at all. */
  readonly simulation: Simulation | null;
  /** Why it has no answer, or misses its goal, as sentences. */
  readonly reasons: readonly string[];
}

/** A figure of all compared plans. */
export interface ComparisonRow {
  readonly name: ComparisonName;
  readonly title: string;
  /** A cell for each plan; empty where it has no such figure. */
  readonly cells: readonly string[];
  /** Index of the plan with the best figure; null where none is better than the others. */
  readonly best: number | null;
}

/** What a row takes of a layout that fits, how that reads, and which end of it is better. */
interface Figure {
  readonly title: string;
  readonly value: (simulation: Simulation) => number | null;
  readonly cell: (simulation: Simulation, value: number) => string;
  readonly better: 'lower' | 'higher' | null;
  /** Shown for a layout that does not fit, too. */
  readonly always?: true;
}

const figures = {
  time: {
    title: 'calendar P50',
    value: ({run}) => run.seconds.p50,
    cell: (_, seconds) => formatSeconds(seconds),
    better: 'lower',
  },
  'time-p90': {
    title: 'calendar P90',
    value: ({run}) => run.seconds.p90,
    cell: (_, seconds) => formatSeconds(seconds),
    better: 'lower',
  },
  'clean-time': {
    title: 'clean run',
    value: ({run}) => run.cleanSeconds.p50,
    cell: (_, seconds) => formatSeconds(seconds),
    better: 'lower',
  },
  cost: {
    title: 'cost',
    value: ({run}) => run.costUsd,
    cell: (_, usd) => formatUsd(usd),
    better: 'lower',
  },
  energy: {
    title: 'energy',
    value: ({run}) => run.energyJoules,
    cell: (_, joules) => formatEnergy(joules),
    better: 'lower',
  },
  'device-hours': {
    title: 'device-hours',
    value: ({run}) => run.deviceHours,
    cell: (_, hours) => formatCount(hours),
    better: 'lower',
  },
  devices: {
    title: 'devices',
    value: ({plan}) => numDevicesOf(plan),
    cell: (_, devices) => formatCount(devices),
    better: null,
    always: true,
  },
  step: {
    title: 'step',
    value: ({estimate}) => estimate.seconds,
    cell: (_, seconds) => formatSeconds(seconds),
    better: null,
  },
  mfu: {
    title: 'MFU',
    value: ({utilization}) => utilization.modelFlopsUtilization,
    cell: (_, share) => formatPercent(share),
    better: 'higher',
  },
  speed: {
    title: 'tokens/s',
    value: ({plan, utilization}) => utilization.tokensPerSecondPerDevice * numDevicesOf(plan),
    cell: (_, tokens) => formatCount(tokens),
    better: 'higher',
  },
  goodput: {
    title: 'goodput',
    value: ({run}) => run.goodput,
    cell: (_, share) => formatPercent(share),
    better: 'higher',
  },
  memory: {
    title: 'memory',
    value: ({estimate: {memory}}) => memory.neededBytes,
    cell: (_, bytes) => formatBinaryBytes(bytes),
    better: null,
    always: true,
  },
  capacity: {
    title: 'of',
    value: ({estimate: {memory}}) => memory.capacityBytes,
    cell: (_, bytes) => formatBinaryBytes(bytes),
    better: null,
    always: true,
  },
  loss: {
    title: 'loss',
    value: ({loss}) => loss.value,
    cell: (_, loss) => formatNumber(loss, 4),
    better: 'lower',
  },
} as const satisfies Record<string, Figure>;

type FigureName = keyof typeof figures;
export type ComparisonName = FigureName | 'verdict' | 'layout' | 'evidence';

/** Figures that plans can be put in order by, the best one first. */
export const comparisonOrders = (Object.keys(figures) as FigureName[]).filter(
  name => figures[name].better !== null,
);
export type ComparisonOrder = FigureName;

/** The plans row by row, for any face. */
export function comparisonRows(plans: readonly ComparedPlan[]): readonly ComparisonRow[] {
  const words = (name: ComparisonName, title: string, cell: (plan: ComparedPlan) => string) => ({
    name,
    title,
    cells: plans.map(cell),
    best: null,
  });
  return [
    words('verdict', '', verdict),
    ...(Object.keys(figures) as FigureName[]).map(name => figureRow(name, plans)),
    words('layout', 'layout', ({simulation}) => (simulation === null ? '' : layoutCell(simulation))),
    words('evidence', 'constants of', ({simulation}) =>
      simulation === null ? '' : evidenceWords[simulation.plan.cluster.software.evidence],
    ),
  ].filter(({cells}) => cells.some(cell => cell !== ''));
}

/** The plans in order, the best by `order` first; those without an answer come last. */
export function sortPlans(plans: readonly ComparedPlan[], order: ComparisonOrder): readonly ComparedPlan[] {
  const sign = figures[order].better === 'higher' ? -1 : 1;
  const value = (plan: ComparedPlan) =>
    sign * (figureOf(figures[order], plan) ?? Number.POSITIVE_INFINITY * sign);
  return plans
    .map(plan => ({plan, value: value(plan)}))
    .sort((a, b) => (a.value === b.value ? 0 : a.value - b.value))
    .map(({plan}) => plan);
}

function figureRow(name: FigureName, plans: readonly ComparedPlan[]): ComparisonRow {
  const figure: Figure = figures[name];
  const values = plans.map(plan => figureOf(figure, plan));
  return {
    name,
    title: figure.title,
    cells: plans.map(({simulation}, i) => {
      const value = values[i] ?? null;
      return simulation === null || value === null ? '' : figure.cell(simulation, value);
    }),
    best: bestOf(values, figure.better),
  };
}

function figureOf({value, always}: Figure, {simulation}: ComparedPlan): number | null {
  if (simulation === null || (always === undefined && !simulation.estimate.memory.fits)) return null;
  return value(simulation);
}

/** Null among equals: what all share is no advantage. */
function bestOf(values: readonly (number | null)[], better: Figure['better']): number | null {
  const known = values.filter(value => value !== null);
  if (better === null || new Set(known).size < 2) return null;
  return values.indexOf(better === 'lower' ? Math.min(...known) : Math.max(...known));
}

function verdict({simulation}: ComparedPlan): string {
  if (simulation === null) return 'no layout';
  if (!simulation.estimate.memory.fits) return 'does not fit';
  const {goal} = simulation.plan;
  const wanted = goal.deadline !== null || goal.budget !== null || goal.loss !== null;
  return wanted ? (simulation.meetsGoal ? 'goal met' : 'goal missed') : 'fits';
}

function layoutCell({layout: {tensor, context, pipeline, data}}: Simulation): string {
  return [`tp${tensor}`, ...(context > 1 ? [`cp${context}`] : []), `pp${pipeline}`, `dp${data}`].join(' ');
}

const evidenceWords: Readonly<Record<Evidence, string>> = {
  machine: 'its runs',
  'other-machines': 'other machines',
  none: 'priors',
};
