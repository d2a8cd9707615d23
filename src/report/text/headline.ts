import {layoutFields} from '../../layout/fields.js';
import {numDevicesOf, numReplicas} from '../../plan/plan.js';
import type {Band} from '../../units/band.js';
import {
  formatBinaryBytes,
  formatCount,
  formatEnergy,
  formatFlopRate,
  formatLoss,
  formatNumber,
  formatPercent,
  formatSeconds,
  formatUsd,
} from '../../units/format-quantity.js';
import type {Simulation} from '../simulation.js';
import {displayWidth, padEnd} from '../terminal/display-width.js';
import {paint} from '../terminal/paint.js';
import {narrowestTerminal, type TerminalStyle} from '../terminal/terminal-style.js';
import {flow, wrap} from '../terminal/wrap.js';
import {formatChoices, formatDegrees, formatDeviceCount, formatDiloco} from '../words/format-layout.js';
import {formatVariant} from '../words/format-variant.js';
import {formatGoodputBand} from './format-goodput.js';

/** What was planned, on what, and with which layout. */
export function titleLines(style: TerminalStyle, {plan, layout}: Simulation): string[] {
  const {name, training, cluster} = plan;
  const facts = [
    `${formatCount(training.tokens)} tokens`,
    `batch ${formatCount(training.globalBatch * numReplicas(plan))} x ${formatCount(training.sequenceLength)}`,
    training.precision,
    formatDeviceCount(plan),
    cluster.software.name,
    ...formatDiloco(plan.diloco),
  ];
  return [
    ...wrap(style, name).map(line => paint(style, 'title', line)),
    ...flow(style, facts, ', '),
    '',
    ...wrap(style, formatDegrees(layout)).map(line => paint(style, 'title', line)),
    ...flow(style, formatChoices(layout), ', '),
  ];
}

/** What the plan does not state and was taken, by whose default it is; nothing where it states all. */
export function defaultLines(
  style: TerminalStyle,
  {plan, layout, defaults, choices, chosen}: Simulation,
): string[] {
  const sources = [...new Set(defaults.map(({from}) => from))];
  const variant = formatVariant(choices);
  return [
    ...(variant.length === 0 ? [] : [`answered for one variant of the plan: ${variant.join(', ')}`]),
    ...(chosen.length === 0
      ? []
      : [
          `chosen by the planner: ${chosen.map(name => `${layoutFields[name].key} ${valueWords(layout[name])}`).join(', ')}`,
        ]),
    ...sources.map(source => {
      const taken = defaults.filter(({from}) => from === source);
      return `defaults of ${source}: ${taken.map(({path, value}) => `${path.split('.').slice(1).join('.')} ${valueWords(value)}`).join(', ')}`;
    }),
    ...plan.assumptions,
  ].flatMap(line => wrap(style, line).map(part => paint(style, 'quiet', part)));
}

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.join('-');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The figures that decide: step, run, utilization, memory, cost. */
export function figureLines(style: TerminalStyle, simulation: Simulation): string[] {
  const {estimate, step, run, utilization, plan} = simulation;
  const {memory} = estimate;
  const outside = memory.outsideAllocatorBytes;
  const tokens = utilization.tokensPerSecondPerDevice * numDevicesOf(plan);
  const range = (low: string, high: string) => `(${low} to ${high})`;
  return alignFacts(style, [
    ['step', formatSeconds(step.p50), range(formatSeconds(step.p10), formatSeconds(step.p90))],
    ...calendarFacts(simulation),
    [
      'clean run',
      formatSeconds(run.cleanSeconds.p50),
      range(formatSeconds(run.cleanSeconds.p10), formatSeconds(run.cleanSeconds.p90)),
      `${formatCount(run.steps)} steps`,
    ],
    [
      'goodput',
      formatPercent(run.goodput),
      ...(run.failures > 0
        ? [formatGoodputBand(run), `${formatCount(run.failures, 2)} failures`]
        : ['no failures counted']),
    ],
    [
      'speed',
      `${formatCount(tokens)} tokens/s`,
      `${formatNumber(utilization.tokensPerSecondPerDevice)} a device`,
    ],
    [
      'MFU',
      formatPercent(utilization.modelFlopsUtilization),
      `${formatFlopRate(utilization.modelFlopPerSecondPerDevice)} a device`,
      `HFU ${formatPercent(utilization.hardwareFlopsUtilization)}`,
    ],
    [
      'memory',
      formatBinaryBytes(memory.neededBytes),
      range(
        formatBinaryBytes(simulation.memory.p10 + outside),
        formatBinaryBytes(simulation.memory.p90 + outside),
      ),
      `of ${formatBinaryBytes(memory.capacityBytes)}`,
      memory.fits ? 'fits' : 'does not fit',
    ],
    lossFact(simulation),
    ['cost', ...costs(simulation)],
    ...goalFact(simulation),
  ]);
}

/** Wall-clock as runs of this kind went; nothing where the plan asks for the clean run alone. */
function calendarFacts({plan: {operation}, run}: Simulation): [string, string, ...string[]][] {
  const {calendar} = operation;
  if (calendar === 'clean') return [];
  const figures = ({p10, p50, p90}: Band): [string, string, string] => [
    formatSeconds(p50),
    `P90 ${formatSeconds(p90)}`,
    `P10 ${formatSeconds(p10)}`,
  ];
  if (calendar.layout === 'stated') return [['calendar', ...figures(run.seconds)]];
  return [
    ['calendar', ...figures(run.seconds), 'as teams ran that left the layout open'],
    ['as planned', ...figures(run.asPlannedSeconds), 'if run with this layout'],
  ];
}

function lossFact({loss: {law, value, band, warnings}}: Simulation): [string, string, ...string[]] {
  return [
    'loss',
    formatLoss(value),
    ...(band === null ? [] : [`(${formatLoss(band.p10)} to ${formatLoss(band.p90)})`]),
    law.name === 'own' ? "the plan's own law" : `law ${law.name}`,
    ...(warnings.length === 0 ? [] : ['beyond its runs']),
  ];
}

const kgPerTonne = 1000;

function costs({run}: Simulation): [string, ...string[]] {
  const hours = `${formatCount(run.deviceHours)} device-hours`;
  const energy = formatEnergy(run.energyJoules);
  const carbon = run.carbonKg === null ? [] : [`${formatNumber(run.carbonKg / kgPerTonne)} t CO2`];
  return run.costUsd === null
    ? [hours, energy, ...carbon]
    : [formatUsd(run.costUsd), hours, energy, ...carbon];
}

function goalFact({plan: {goal}, meetsGoal}: Simulation): [string, string, ...string[]][] {
  const wanted = [
    ...(goal.deadline === null ? [] : [`deadline ${formatSeconds(goal.deadline)}`]),
    ...(goal.budget === null ? [] : [`budget ${formatUsd(goal.budget)}`]),
    ...(goal.loss === null ? [] : [`loss ${formatLoss(goal.loss)}`]),
  ];
  return wanted.length === 0 ? [] : [['goal', meetsGoal ? 'met' : 'missed', ...wanted]];
}

/** Names in a column with their figures; the first line is emphasized. */
export function alignFacts(
  style: TerminalStyle,
  facts: readonly (readonly [string, string, ...string[]])[],
): string[] {
  const names = Math.max(...facts.map(([name]) => displayWidth(name))) + 2;
  const values = Math.max(...facts.map(([, value]) => displayWidth(value)));
  const rest = {...style, width: Math.max(narrowestTerminal, style.width - names - 2)};
  return facts.flatMap(([name, value, ...further]) => {
    const [first = '', ...others] = flow(rest, [padEnd(value, values), ...further], '  ');
    const figure = first.startsWith(value) ? paint(style, 'title', value) + first.slice(value.length) : first;
    const label = paint(style, 'quiet', padEnd(name, names));
    return [`  ${label}${figure}`, ...others.map(line => `  ${' '.repeat(names)}${line}`)].map(line =>
      line.trimEnd(),
    );
  });
}

/** What to know before acting on the answer. */
export function warningLines(style: TerminalStyle, warnings: readonly string[]): string[] {
  return warnings.flatMap(warning =>
    wrap(style, `! ${warning}`, {hanging: '  '}).map(line => paint(style, 'bad', line)),
  );
}
