import type {VariantChoices} from '../../../plan/variant.js';
import type {Answer} from '../../../search/variants/answer.js';
import type {EvaluatedPlan} from '../../../search/variants/evaluated-plan.js';
import {goalFigure} from '../../../search/variants/goal.js';
import {
  formatBinaryBytes,
  formatCount,
  formatPercent,
  formatSeconds,
  formatUsd,
} from '../../../units/format-quantity.js';
import {type Column, renderTable, type Table} from '../../terminal/table.js';
import type {TerminalStyle} from '../../terminal/terminal-style.js';
import {wrap} from '../../terminal/wrap.js';
import {utilization} from '../../utilization.js';
import {formatDegrees, formatRecompute} from '../../words/format-layout.js';
import {formatVariant, variantChoiceFormats} from '../../words/format-variant.js';
import {formatWhyLost} from '../../words/why-lost.js';

const right = (title: string, drop: number): Column => ({title, align: 'right', drop});

/** What the goal counts, as a heading over how much more of it a runner-up takes. */
const worseWords = {
  time: 'slower',
  cost: 'dearer',
  energy: 'more energy',
  memory: 'fuller',
  loss: 'worse',
} as const;

/** The best of each other kind, with what it loses, and why below. */
export function runnersUpLines(style: TerminalStyle, answer: Answer): string[] {
  if (answer.best === null || answer.alternatives.length === 0)
    return [
      answer.optimal
        ? '  none: the plan leaves no other degrees open'
        : '  none so far: the search did not end',
    ];
  return [
    ...renderTable(style, runnersUpTable(answer), '  '),
    ...reasonsOfRunnersUp(answer).flatMap(reason => wrap(style, reason, {indent: '  ', hanging: '    '})),
  ];
}

/** The winner and the runners-up side by side. */
export function runnersUpTable({best, alternatives}: Answer): Table {
  if (best === null) return {columns: [], rows: []};
  const {goal} = best.variant.plan;
  const outcomes = [best, ...alternatives];
  const variant = openChoices(outcomes);
  const splits = splitsOf(outcomes);
  const isOpen = variant.length > 0;
  return {
    columns: [
      ...variant.map(name => right(variantChoiceFormats[name].title, 0)),
      right('tensor', isOpen ? 3 : 0),
      right('pipeline', isOpen ? 3 : 0),
      right('data', isOpen ? 5 : 0),
      ...splits.map(degree => right(degree, isOpen ? 4 : 1)),
      right('virtual', 7),
      right('micro-batch', 6),
      {title: 'sharding', align: 'left', drop: 9},
      {title: 'recompute', align: 'left', drop: 8},
      right('step', isOpen ? 4 : 0),
      ...(isOpen ? [right('run', 0), right('cost', 2)] : []),
      right(worseWords[goal.minimize], 1),
      right('MFU', 4),
      right('memory', 4),
    ],
    rows: outcomes.map(outcome => runnerUpRow(outcome, {best, open: variant, splits})),
  };
}

/** What any of the variants chooses, in the order in which they name it. */
function openChoices(outcomes: readonly EvaluatedPlan[]): (keyof VariantChoices)[] {
  const names = outcomes.flatMap(({variant}) => Object.keys(variant.choices) as (keyof VariantChoices)[]);
  return [...new Set(names)];
}

/** Sizes of clusters and batches in full, tokens in words. */
function choiceCell(value: VariantChoices[keyof VariantChoices]): string {
  if (value === undefined) return '';
  return typeof value === 'number' && value >= 1e6 ? formatCount(value) : String(value);
}

/** Degrees that most layouts do without: a column where one of these layouts has them. */
const rareDegrees = ['context', 'expert'] as const;
type RareDegree = (typeof rareDegrees)[number];

function splitsOf(outcomes: readonly EvaluatedPlan[]): readonly RareDegree[] {
  return rareDegrees.filter(degree => outcomes.some(({candidate}) => candidate.layout[degree] > 1));
}

interface RowColumns {
  readonly best: EvaluatedPlan;
  readonly open: readonly (keyof VariantChoices)[];
  readonly splits: readonly RareDegree[];
}

function runnerUpRow(outcome: EvaluatedPlan, {best, open, splits}: RowColumns): string[] {
  const isOpen = open.length > 0;
  const {variant, candidate, figures} = outcome;
  const {layout, estimate} = candidate;
  const {memory, seconds} = estimate;
  const {goal} = best.variant.plan;
  const worse = goalFigure(goal, figures) / goalFigure(goal, best.figures) - 1;
  return [
    ...open.map(name => choiceCell(variant.choices[name])),
    String(layout.tensor),
    String(layout.pipeline),
    String(layout.data),
    ...splits.map(degree => String(layout[degree])),
    String(layout.virtualStages),
    String(layout.microBatch),
    layout.sharding,
    formatRecompute(layout),
    formatSeconds(seconds),
    ...(isOpen
      ? [formatSeconds(figures.seconds), figures.costUsd === null ? 'n/a' : formatUsd(figures.costUsd)]
      : []),
    outcome === best
      ? 'best'
      : Math.abs(worse) < 5e-6
        ? 'equal'
        : `${worse < 0 ? '' : '+'}${formatPercent(worse, 2)}`,
    formatPercent(utilization(variant.plan, layout, seconds).modelFlopsUtilization),
    formatBinaryBytes(memory.neededBytes),
  ];
}

/** Why each runner-up lost, a sentence each. */
export function reasonsOfRunnersUp({alternatives}: Answer): string[] {
  return alternatives.map(alternative => {
    const {variant, candidate} = alternative;
    const name = [...formatVariant(variant.choices), formatDegrees(candidate.layout)].join(', ');
    return `${name}: ${formatWhyLost(alternative)}`;
  });
}
