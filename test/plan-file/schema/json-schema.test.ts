import {expect, test} from 'vitest';
import {jsonSchemas} from '../../../src/plan-file/schema/json-schema.js';

// `npx vitest run test/plan-file/schema/json-schema.test.ts -u` writes them anew.
for (const [path, text] of Object.entries(jsonSchemas())) {
  test(`${path} is what the reader accepts`, async () => {
    await expect(text).toMatchFileSnapshot(`../../../${path}`);
  });
}

test('schemas ask for every key that the reader misses, and for no other', () => {
  const plan = JSON.parse(jsonSchemas()['plans/plan.schema.json'] ?? '');
  expect(plan.required).toEqual(['walltime', 'model', 'cluster', 'training']);
  expect(plan.properties.cluster.required).toEqual(['hardware']);
  expect(plan.properties.training.required).toEqual(['tokens', 'sequence_length', 'global_batch']);
  expect(plan.additionalProperties).toBe(false);
});
