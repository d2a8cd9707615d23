import {expect, test} from 'vitest';
import {readPlan} from '../../src/plan-file/read-plan.js';
import {remedies} from '../../src/search/remedies.js';

test('no remedy tells to set a pin to the value that it has', async () => {
  const read = await readPlan('plans/deepseek-v3.yaml');
  if ('problems' in read) throw new Error(read.problems[0]?.message);
  const {plan} = read;
  // Long sequences: only what context parallelism spreads fits, and the pinned data degree leaves it no room.
  const long = {...plan, training: {...plan.training, sequenceLength: 4 * plan.training.sequenceLength}};
  const changes = remedies(long).map(({change}) => change);
  const ofPins = changes.filter(change => change.startsWith('layout.'));
  expect(ofPins.length).toBeGreaterThan(1);
  for (const change of ofPins) {
    const [, value, pinned] = /^layout\.\w+: (.+) instead of (.+)$/.exec(change) ?? [];
    expect(pinned, change).toBeDefined();
    expect(value).not.toBe(pinned);
  }
});
