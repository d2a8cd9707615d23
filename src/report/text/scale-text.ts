import type {ScaleCandidate} from '../../scaling/time-aware/candidate.js';
import type {InferenceChoice} from '../../scaling/time-aware/questions/inference-aware.js';
import type {ScaleAnswer} from '../../scaling/time-aware/scale.js';
import type {CellStatus} from '../../scaling/time-aware/surface/surface.js';
import {
  formatBandwidth,
  formatCount,
  formatFlop,
  formatLoss,
  formatNumber,
  formatPercent,
  formatSeconds,
  formatUsd,
} from '../../units/format-quantity.js';
import {type CurvePoint, renderCurve} from '../chart/curve.js';
import {
  batchOf,
  calendarTable,
  devicesTable,
  outerTable,
  parametersOf,
  shapesTable,
  sizesTable,
} from '../scale-tables.js';
import {paint} from '../terminal/paint.js';
import {renderTable, type Table} from '../terminal/table.js';
import type {TerminalStyle} from '../terminal/terminal-style.js';
import {flow, wrap} from '../terminal/wrap.js';
import {utilization} from '../utilization.js';
import {formatChoices, formatDegrees, formatDeviceCount} from '../words/format-layout.js';
import {alignFacts} from './headline.js';

/** What to train by a limit, for whoever decides it. */
export function renderScale(style: TerminalStyle, answer: ScaleAnswer): string[] {
  const {plan, best} = answer;
  return [
    ...wrap(style, plan.name).map(line => paint(style, 'title', line)),
    ...flow(style, [formatLimit(answer), formatDeviceCount(plan), plan.cluster.software.name], ', '),
    '',
    ...wrap(style, formatSize(best)).map(line => paint(style, 'title', line)),
    ...alignFacts(style, bestFacts(answer)),
    '',
    ...section(style, 'against other choices', comparisons(answer)),
    ...timeSection(style, answer),
    ...tableSection(style, 'smaller or larger, at the same batch', sizesTable(answer)),
    ...tableSection(style, 'wider or deeper, at the same size', shapesTable(answer), shapesNotes),
    ...tableSection(style, 'more devices', devicesTable(answer), devicesNotes(answer)),
    ...tableSection(style, 'data parallel or DiLoCo', outerTable(answer), outerNotes(answer)),
    ...section(style, 'with its use counted', inferenceNotes(answer)),
    ...section(style, 'how sure', surenessNotes(answer)),
  ];
}

export function formatLimit({limit}: ScaleAnswer): string {
  return [
    ...(limit.seconds === Infinity ? [] : [`within ${formatSeconds(limit.seconds)}`]),
    ...(limit.flop === Infinity ? [] : [`within ${formatFlop(limit.flop)}`]),
  ].join(', ');
}

/** `21.2 B parameters on 475 B tokens`. */
export function formatSize(candidate: ScaleCandidate): string {
  return `${formatCount(parametersOf(candidate))} parameters on ${formatCount(candidate.tokens)} tokens`;
}

function bestFacts({best, optimizer}: ScaleAnswer): [string, string, ...string[]][] {
  const {plan, layout, tokens, estimate, run, loss, band} = best;
  const {numLayers, hiddenSize, attention, mlp} = plan.model;
  return [
    [
      'loss',
      formatLoss(loss.value),
      `(${formatLoss(band.p10)} to ${formatLoss(band.p90)})`,
      `law ${loss.law.name}`,
    ],
    [
      'shape',
      `${numLayers} layers of ${hiddenSize}`,
      `${attention.numHeads} heads`,
      `feed-forward ${mlp.hiddenSize}`,
    ],
    ['data', `${formatNumber(tokens / parametersOf(best))} tokens a parameter`],
    [
      'batch',
      `${formatCount(batchOf(best))} x ${formatCount(plan.training.sequenceLength)}`,
      `${formatPercent(loss.batch.usefulShare)} of the tokens count`,
    ],
    ['rate', formatNumber(optimizer.learningRate), `weight decay ${formatNumber(optimizer.weightDecay, 2)}`],
    ['layout', formatDegrees(layout), ...formatChoices(layout)],
    [
      'speed',
      `${formatCount(best.tokensPerSecond)} tokens/s`,
      `MFU ${formatPercent(utilization(plan, layout, estimate.seconds).modelFlopsUtilization)}`,
      `goodput ${formatPercent(run.goodput)}`,
    ],
    [
      'calendar',
      formatSeconds(run.expectedSeconds),
      `P90 ${formatSeconds(run.seconds.p90)}`,
      `clean run ${formatSeconds(run.cleanSeconds.p50)}`,
      ...(run.costUsd === null ? [] : [formatUsd(run.costUsd)]),
      `${formatCount(run.deviceHours)} device-hours`,
    ],
  ];
}

function comparisons({best, own, computeOptimal}: ScaleAnswer): string[] {
  const {candidate, parameters, tokens, promisedLoss} = computeOptimal;
  return [
    own === null
      ? "the plan's own model does not fit"
      : `the plan's own model: ${formatSize(own)}, loss ${formatLoss(own.loss.value)}${difference(best, own)}`,
    `what the law takes for the same FLOP when it ignores the machine: ${formatCount(parameters)} parameters on ${formatCount(tokens)} tokens for ${formatLoss(promisedLoss)}; ${candidate === null ? 'it does not fit' : `by the limit ${formatCount(candidate.tokens)} tokens and ${formatLoss(candidate.loss.value)}${difference(best, candidate)}`}`,
  ];
}

function difference(best: ScaleCandidate, other: ScaleCandidate): string {
  const share = other.loss.value / best.loss.value - 1;
  if (Math.abs(share) < 5e-5) return ', the same';
  // The sizes that were tried are some per cent apart, and the least loss may be between two of them.
  return share > 0
    ? `, ${formatPercent(share, 2)} above`
    : `, ${formatPercent(-share, 2)} below: it lies between two of the sizes that were tried`;
}

function timeSection(style: TerminalStyle, answer: ScaleAnswer): string[] {
  const {calendar} = answer;
  if (calendar.length === 0) return [];
  return [
    paint(style, 'title', 'loss against time, each at its best size'),
    ...renderCurve(style, {
      x: {title: 'time of the whole training', format: value => formatSeconds(value)},
      y: {title: `loss, with P10 and P90 (${answer.best.loss.law.name})`, format: formatLoss},
      points: calendarPoints(answer),
    }),
    ...renderTable(style, calendarTable(answer), '  '),
    '',
  ];
}

export function calendarPoints({calendar}: ScaleAnswer): CurvePoint[] {
  return calendar.map(({seconds, candidate: {loss, band}}) => ({
    x: seconds,
    y: loss.value,
    band: {low: band.p10, high: band.p90},
  }));
}

export const shapesNotes = [
  'the laws know the size alone: they hold near the shapes that they were fitted to',
];

export function devicesNotes({devices: {enough, worthwhile}}: ScaleAnswer): string[] {
  return [
    enough === null
      ? 'more devices help as far as was tried'
      : `from ${enough} devices on, twice as many lower the loss by less than ${formatPercent(worthwhile)}`,
  ];
}

export function outerNotes({outer}: ScaleAnswer): string[] {
  if (outer === null) return [];
  const {bestDiloco, crossoverBandwidth} = outer;
  if (bestDiloco === null) return ['no outer level fits'];
  return [
    crossoverBandwidth === null
      ? 'one of them is ahead whatever the bandwidth between replicas'
      : `data parallel is ahead from ${formatBandwidth(crossoverBandwidth)} between two replicas on`,
  ];
}

export function inferenceNotes({inference, plan}: ScaleAnswer): string[] {
  if (inference === null) return [];
  const {loss, choice, trainingOnly} = inference;
  const used = formatCount(plan.scaling?.inferenceTokens ?? 0);
  if (choice === null) return [`no size reaches a loss of ${formatLoss(loss)} by the limit`];
  return [
    `for a loss of ${formatLoss(loss)} and ${used} tokens of use, the fewest FLOP in all: ${formatInference(choice)}`,
    ...(trainingOnly === null || trainingOnly.parameters === choice.parameters
      ? []
      : [`the fewest FLOP of training alone: ${formatInference(trainingOnly)}`]),
  ];
}

function formatInference({
  parameters,
  tokens,
  seconds,
  trainingFlop,
  inferenceFlop,
}: InferenceChoice): string {
  return `${formatCount(parameters)} parameters on ${formatCount(tokens)} tokens in ${formatSeconds(seconds)}, ${formatFlop(trainingFlop)} of training and ${formatFlop(inferenceFlop)} of use`;
}

const formatStatuses: readonly (readonly [CellStatus, string])[] = [
  ['planned', 'planned over all layouts'],
  ['likely', 'over those that are best nearby'],
  ['excluded', 'that cannot get below the best by a bound'],
  ['unlikely', 'that would have to use the devices better than any other'],
  ['does not fit', 'that do not fit'],
];

export function surenessNotes({surface, best, searches}: ScaleAnswer): string[] {
  const counts = formatStatuses.flatMap(([status, words]) => {
    const count = surface.cells.filter(cell => cell.status === status).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return [
    `${surface.cells.length} sizes and batches: ${counts.join(', ')} (${searches} searches)`,
    surface.gap === 0
      ? 'proved: no other size or batch has a lower loss'
      : `proved: none has a loss that is lower by more than ${formatPercent(surface.gap, 2)}; --prove plans until none can be lower`,
    ...best.loss.warnings.map(warning => `beyond what the laws were fitted to: ${warning}`),
  ];
}

function section(style: TerminalStyle, title: string, notes: readonly string[]): string[] {
  if (notes.length === 0) return [];
  return [
    paint(style, 'title', title),
    ...notes.flatMap(note => wrap(style, note, {indent: '  ', hanging: '    '})),
    '',
  ];
}

function tableSection(
  style: TerminalStyle,
  title: string,
  table: Table | null,
  notes: readonly string[] = [],
): string[] {
  if (table === null || table.rows.length === 0) return [];
  return [
    paint(style, 'title', title),
    ...renderTable(style, table, '  '),
    ...notes.flatMap(note => wrap(style, note, {indent: '  ', hanging: '    '})),
    '',
  ];
}
