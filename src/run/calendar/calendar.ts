import {type CalendarTerm, calendarTerms} from '../../plan/operation.js';
import {numDevicesOf, type Plan} from '../../plan/plan.js';
import type {Band} from '../../units/band.js';
import {layoutAsPlanned, layoutOfTeams} from './layout-factor.js';
import {timeLost} from './losses.js';

/** Time of a run as runs of its kind went, over the time of the clean run. */
export interface Calendar {
  /** All together. Depends on the plan alone, so that of two layouts the one with the faster step stays the faster. */
  readonly factor: Band;
  /** What is lost, with the layout as planned. */
  readonly losses: Band;
  /** Each loss at the median, over the clean run. */
  readonly terms: Readonly<Record<CalendarTerm, number>>;
  /** Time of the layout that is run over the layout of the answer. */
  readonly layout: Band;
}

const noTerms = Object.fromEntries(calendarTerms.map(term => [term, 0])) as Calendar['terms'];
const clean: Calendar = {
  factor: layoutAsPlanned,
  losses: layoutAsPlanned,
  terms: noTerms,
  layout: layoutAsPlanned,
};

export function calendarOf(plan: Plan): Calendar {
  const {calendar} = plan.operation;
  if (calendar === 'clean') return clean;
  const nodes = Math.ceil(numDevicesOf(plan) / plan.cluster.devicesPerNode);
  const {terms, factor: losses} = timeLost(calendar.own, nodes);
  const layout = calendar.layout === 'stated' ? layoutAsPlanned : layoutOfTeams;
  return {factor: product(losses, layout), losses, terms, layout};
}

/** Product of two independent factors: halves of log-normal distributions. */
function product(a: Band, b: Band): Band {
  const p50 = a.p50 * b.p50;
  const away = (end: 'p10' | 'p90') => Math.hypot(Math.log(a[end] / a.p50), Math.log(b[end] / b.p50));
  return {p10: p50 * Math.exp(-away('p10')), p50, p90: p50 * Math.exp(away('p90'))};
}

/**
 * Band of the clean run as a band of the calendar. The warm-up happens once.
 *
 * Quantiles are taken together: a run with slow steps is one that loses most. The band so keeps room for what booked
 * hours include besides training, and stays monotone in the step.
 */
export function calendarBand(cleanSeconds: Band, warmUp: number, factor: Band): Band {
  const at = (quantile: keyof Band) => warmUp + (cleanSeconds[quantile] - warmUp) * factor[quantile];
  return {p10: at('p10'), p50: at('p50'), p90: at('p90')};
}
