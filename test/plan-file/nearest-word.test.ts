import fc from 'fast-check';
import {expect, test} from 'vitest';
import {editDistance, nearestWord, suggestion} from '../../src/plan-file/nearest-word.js';

test('an insertion, a deletion, a replacement and a swap of neighbours each count one', () => {
  expect(editDistance('tensor', 'tensors')).toBe(1);
  expect(editDistance('tensor', 'tesor')).toBe(1);
  expect(editDistance('tensor', 'tenser')).toBe(1);
  expect(editDistance('tensor', 'tesnor')).toBe(1);
});

test('distance is symmetric, and zero only for the same word', () => {
  fc.assert(
    fc.property(fc.string({maxLength: 12}), fc.string({maxLength: 12}), (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
    }),
  );
});

test('case and separators are no mistake, an abbreviation is a short one, and nonsense has no nearest word', () => {
  expect(nearestWord('Micro-Batch', ['macro_batch', 'micro_batch'])).toBe('micro_batch');
  expect(nearestWord('megatron', ['megatron-deepspeed', 'megatron-lm'])).toBe('megatron-lm');
  expect(nearestWord('zzzzzz', ['micro_batch'])).toBeNull();
  expect(suggestion('zzzzzz', [])).toBe('there are none');
});
