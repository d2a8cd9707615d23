import {expect, test} from 'vitest';
import type {Layout} from '../../../src/layout/layout.js';
import {planLoss} from '../../../src/scaling/loss/plan-loss.js';
import {startSizeForecast} from '../../../src/scaling/time-aware/size-forecast.js';
import {searchLayouts} from '../../../src/search/search.js';
import {smallPlan} from './small-plan.js';

const hour = 3600;
const moments = [3, 6, 12, 24, 48].map(hours => hours * hour);

const plan = await smallPlan();
const like = searchLayouts(plan, {alternatives: 0}).best?.layout as Layout;

test('longer trainings do best with larger models, and reach a lower loss', () => {
  const forecast = startSizeForecast(plan, like, moments);
  expect(forecast.advance(Infinity)).toBe(true);
  const found = forecast.result();
  expect(found.map(({seconds}) => seconds)).toEqual(moments);
  for (const [i, {parameters, tokens, loss, speed}] of found.entries()) {
    expect(loss).toBe(planLoss(speed.plan, tokens).value);
    const before = found[i - 1];
    if (before === undefined) continue;
    expect(parameters).toBeGreaterThanOrEqual(before.parameters);
    expect(loss).toBeLessThan(before.loss);
  }
});

test('a forecast in single parts ends with the same answer, and never gets worse on the way', () => {
  const [whole, parts] = [startSizeForecast(plan, like, moments), startSizeForecast(plan, like, moments)];
  whole.advance(Infinity);
  let last = Infinity;
  while (!parts.advance(1)) {
    const loss = parts.result().at(-1)?.loss ?? Infinity;
    expect(loss).toBeLessThanOrEqual(last);
    last = loss;
  }
  const {done, total} = parts.progress();
  expect(done).toBe(total);
  expect(parts.result()).toEqual(whole.result());
});

test('where no size ends a step by a moment, the moment is left out', () => {
  const forecast = startSizeForecast(plan, like, [1e-3, 12 * hour]);
  forecast.advance(Infinity);
  expect(forecast.result().map(({seconds}) => seconds)).toEqual([12 * hour]);
});
