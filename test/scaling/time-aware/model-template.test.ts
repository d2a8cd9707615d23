import fc from 'fast-check';
import {expect, test} from 'vitest';
import {countParameters} from '../../../src/model/parameters.js';
import {readModel} from '../../../src/plan-file/library/library.js';
import {modelsOf, modelTemplate, shapeOf} from '../../../src/scaling/time-aware/model-template.js';

async function template(name: string) {
  const read = await readModel(name);
  if ('problems' in read) throw new Error(name);
  return read.profile.model;
}

test.each(['llama-3-8b', 'gpt3-175b', 'deepseek-v3-671b', 'mixtral-8x7b'])(
  'models after %s have the size that is asked for, and keep its ratios',
  async name => {
    const model = await template(name);
    const family = modelTemplate(model, null);
    fc.assert(
      fc.property(fc.double({min: 9.6, max: 11.5, noNaN: true}), power => {
        const own = modelsOf(family)(10 ** power);
        expect(Math.abs(Math.log(countParameters(own).total / 10 ** power))).toBeLessThan(0.06);
        const {numHeads, numKeyValueHeads, hiddenSize, numLayers} = shapeOf(own);
        expect(hiddenSize % numHeads).toBe(0);
        if (numKeyValueHeads !== null) expect(numHeads % numKeyValueHeads).toBe(0);
        expect(Math.abs(Math.log2(hiddenSize / numLayers / family.hiddenPerLayer))).toBeLessThan(1);
      }),
      {numRuns: 20},
    );
  },
);

test('the size of a model gives the model itself', async () => {
  const model = await template('llama-3-8b');
  const own = modelsOf(modelTemplate(model, null))(countParameters(model).total);
  expect(shapeOf(own)).toEqual(shapeOf(model));
});

test('wider families have fewer layers at the same size', async () => {
  const model = await template('llama-3-8b');
  const [deep, wide] = [64, 256].map(ratio => modelsOf(modelTemplate(model, ratio))(8e9));
  expect(wide?.numLayers).toBeLessThan((deep?.numLayers ?? 0) / 2);
});
