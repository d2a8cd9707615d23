import {expect, test} from 'vitest';
import {evenRatios} from '../../../../src/layout/even-ratios.js';
import {lossOf} from '../../../../src/scaling/loss/loss-law.js';
import {planLoss} from '../../../../src/scaling/loss/plan-loss.js';
import {candidateAt} from '../../../../src/scaling/time-aware/candidate.js';
import {modelTemplate} from '../../../../src/scaling/time-aware/model-template.js';
import {inferenceAware, tokensToLoss} from '../../../../src/scaling/time-aware/questions/inference-aware.js';
import {speedTable} from '../../../../src/scaling/time-aware/speeds/speed-table.js';
import {smallPlan} from '../small-plan.js';

const unbounded = {seconds: Infinity, flop: Infinity};

test('a plan reaches the loss after the tokens that are told, and no sooner', async () => {
  const plan = await smallPlan();
  const tokens = tokensToLoss(plan, 2.6) ?? Number.NaN;
  expect(planLoss(plan, tokens).value).toBeCloseTo(2.6, 9);
  expect(planLoss(plan, tokens * 0.99).value).toBeGreaterThan(2.6);
  expect(tokensToLoss(plan, 1.7)).toBeNull();
});

/** Sardana et al. 2024: where FLOP are least, eps_N / eps_D = 1 + D_inference / (3 D); below that size it is more. */
test.each([0, 100e9, 1e12])('%d tokens of use: the condition of least FLOP holds', async inferenceTokens => {
  const pins = 'layout: {tensor: 1, pipeline: 1, micro_batch: 1, recompute: full, sharding: parameters}';
  const plan = await smallPlan(`goal: {deadline: 1 days}\n${pins}`);
  const family = modelTemplate(plan.model, null);
  const speed = speedTable({plan, family, parameters: [1e9], batches: [128]}).speed(0, 0);
  const best = speed && candidateAt(speed, {seconds: 86_400, flop: Infinity});
  if (best === null) throw new Error('fits');
  const sizes = evenRatios({from: 0.2e9, to: 3e9, count: 28});
  const {choice} = inferenceAware(best, {family, sizes, loss: 2.6, inferenceTokens}, unbounded);
  if (choice === null) throw new Error('reachable');
  const {law, inputs} = planLoss(choice.plan, choice.tokens);
  const share = inputs.tokens / choice.tokens;
  /** How much more a per cent of size lowers the loss than one of tokens, over what it costs. */
  const excess = (parameters: number) => {
    const tokens = tokensOfLaw(parameters);
    const at = (change: object) => lossOf(law.law, {...inputs, parameters, tokens, ...change});
    const gain = (at({parameters: 1.001 * parameters}) - at({})) / (at({tokens: 1.001 * tokens}) - at({}));
    return gain / (1 + (inferenceTokens * share) / (3 * tokens));
  };
  const tokensOfLaw = (parameters: number) => {
    let [low, high] = [1e6, 1e18];
    for (let step = 0; step < 80; step += 1) {
      const middle = Math.sqrt(low * high);
      if (lossOf(law.law, {...inputs, parameters, tokens: middle}) > 2.6) low = middle;
      else high = middle;
    }
    return low;
  };
  // Sizes lie a tenth apart, and depths and widths are whole numbers: the condition is met between these.
  expect(excess(choice.parameters / 1.25)).toBeGreaterThan(1);
  expect(excess(choice.parameters * 1.25)).toBeLessThan(1);
});
