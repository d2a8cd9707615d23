import {expect, test} from 'vitest';
import {calendarTerms, type RunCalendar} from '../../../src/plan/operation.js';
import {calendarBand, calendarOf} from '../../../src/run/calendar/calendar.js';
import {publishedLosses} from '../../../src/run/calendar/losses.js';
import {lostShare, publishedCalendars} from '../../../src/run/calendar/published-calendars.js';
import {handCluster} from '../../pipeline/hand-machine.js';
import {makePlanFor} from '../../plan-maker.js';

const calendarWith = (calendar: 'clean' | RunCalendar, numDevices = 8) =>
  calendarOf(makePlanFor({cluster: handCluster(numDevices), operation: {calendar}}));
const total = (terms: Readonly<Record<string, number>>) =>
  Object.values(terms).reduce((sum, x) => sum + x, 0);

test('a clean calendar is the clean run', () => {
  const {factor, terms} = calendarWith('clean');
  expect(factor).toEqual({p10: 1, p50: 1, p90: 1});
  expect(total(terms)).toBe(0);
});

test('the losses at the median are what the factor adds, with the layout as stated', () => {
  const {factor, losses, terms} = calendarWith({own: {}, layout: 'stated'});
  expect(factor.p50).toBeCloseTo(1 + total(terms), 12);
  expect(factor.p50).toBeCloseTo(losses.p50, 12);
  expect(factor.p90 / losses.p90).toBeCloseTo(1, 12);
});

test('the published causes add up to the published loss on the nodes of the published runs', () => {
  const ofRuns = publishedCalendars.map(({nodes}) => total(publishedLosses(nodes)));
  const mean = ofRuns.reduce((sum, loss) => sum + loss, 0) / ofRuns.length;
  const named = publishedCalendars.filter(({causes}) => causes.length > 0);
  const published = named.reduce((sum, run) => sum + lostShare(run), 0) / publishedCalendars.length;
  expect(mean).toBeCloseTo(published, 12);
});

test('the band of losses holds at least seven of ten published runs', () => {
  const band = (nodes: number) => calendarWith({own: {}, layout: 'stated'}, nodes * 8).losses;
  const inside = publishedCalendars.filter(({useful, clean, nodes}) => {
    const {p10, p90} = band(nodes);
    return clean / p90 <= useful && useful <= clean / p10;
  });
  expect(inside.length / publishedCalendars.length).toBeGreaterThanOrEqual(0.7);
});

test('drops of throughput rise with nodes, and other losses stay', () => {
  const [few, many] = [publishedLosses(8), publishedLosses(1024)];
  expect(many.throughput).toBeGreaterThan(2 * few.throughput);
  for (const term of calendarTerms) if (term !== 'throughput') expect(many[term]).toBe(few[term]);
});

test('a loss that the plan states replaces the published one and has no spread', () => {
  const none = Object.fromEntries(calendarTerms.map(term => [term, 0]));
  const {factor, terms} = calendarWith({own: {...none, diagnosis: 0.1}, layout: 'stated'});
  expect(terms.diagnosis).toBe(0.1);
  expect(factor).toEqual({p10: 1.1, p50: 1.1, p90: 1.1});
});

test('an open layout takes longer and is less sure', () => {
  const stated = calendarWith({own: {}, layout: 'stated'}).factor;
  const open = calendarWith({own: {}, layout: 'open'}).factor;
  expect(open.p50).toBeGreaterThan(stated.p50);
  expect(open.p90 / open.p10).toBeGreaterThan(stated.p90 / stated.p10);
});

test('the calendar increases with the clean run at every quantile', () => {
  const {factor} = calendarWith({own: {}, layout: 'open'});
  const shorter = calendarBand({p10: 100, p50: 110, p90: 130}, 10, factor);
  const longer = calendarBand({p10: 101, p50: 111, p90: 131}, 10, factor);
  for (const quantile of ['p10', 'p50', 'p90'] as const) {
    expect(longer[quantile]).toBeGreaterThan(shorter[quantile]);
    expect(shorter[quantile]).toBeGreaterThan(factor[quantile] * 90);
  }
});
