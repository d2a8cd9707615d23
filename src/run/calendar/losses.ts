import {type CalendarTerm, calendarTerms, type OwnCalendar} from '../../plan/operation.js';
import type {Band} from '../../units/band.js';
import {lostShare, publishedCalendars} from './published-calendars.js';

/** What the calendar loses by cause, each over the time of the clean run, in the mean. */
export type Losses = Readonly<Record<CalendarTerm, number>>;

/**
 * Share of nodes that are slow at a time. With them a synchronous job loses throughput as often as it has
 * one: 1 - (1 - p)^nodes.
 *
 * @see MegaScale, arXiv 2402.15627: about 0.5 % of machines (recalled)
 */
const slowNodes = 0.005;
const chanceOfSlowNode = (nodes: number) => 1 - (1 - slowNodes) ** nodes;

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Means over the published runs, those included that do not name the cause. */
const published = Object.fromEntries(
  calendarTerms.map(term => {
    const parts = publishedCalendars.map(run =>
      run.causes.includes(term) ? lostShare(run) / run.causes.length : 0,
    );
    return [term, meanOf(parts)];
  }),
) as Losses;

const publishedChance = meanOf(publishedCalendars.map(({nodes}) => chanceOfSlowNode(nodes)));

/** Mean losses of published runs on this number of nodes; throughput drops more with more of them. */
export function publishedLosses(nodes: number): Losses {
  const throughput = (published.throughput * chanceOfSlowNode(nodes)) / publishedChance;
  return {...published, throughput};
}

const {length: numRuns} = publishedCalendars;

/**
 * Loss over its mean, at a quantile.
 *
 * Published losses are spread as an exponential distribution: most runs lose little, few lose most. Its mean is
 * known from few runs, so that a further run follows a Lomax distribution with as many degrees.
 */
const lossOverMean = (p: number) => numRuns * ((1 - p) ** (-1 / numRuns) - 1);
const spread: Band = {p10: lossOverMean(0.1), p50: lossOverMean(0.5), p90: lossOverMean(0.9)};

/** Losses at the median, and the time of a run over its clean time. */
export interface TimeLost {
  readonly terms: Losses;
  readonly factor: Band;
}

/** Published losses with those that a plan states in their place; what is stated has no spread. */
export function timeLost(own: OwnCalendar, nodes: number): TimeLost {
  const usual = publishedLosses(nodes);
  let stated = 0;
  let expected = 0;
  const terms = {...usual};
  for (const term of calendarTerms) {
    const share = own[term];
    if (share === undefined) expected += usual[term];
    else stated += share;
    terms[term] = share ?? usual[term] * spread.p50;
  }
  const at = (quantile: number) => 1 + stated + expected * quantile;
  return {terms, factor: {p10: at(spread.p10), p50: at(spread.p50), p90: at(spread.p90)}};
}
