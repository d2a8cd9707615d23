import {expect, test} from 'vitest';
import {dropStack, setStack} from '../../../src/plan-file/edit/set-stack.js';

const profile = `name: hand
# What was measured.
software:
  eager:
    kernel_launch: { value: 50 us, source: fitted }
    gemm_scale: { default: 0.8, source: fitted }
  fused:
    kernel_launch: { value: 10 us, source: fitted }
topology: []
`;

test('a stack that is set and taken out again leaves every line as it was', () => {
  const set = setStack(profile, 'compiled', {kernel_launch: {value: '1 us', source: 'fitted'}});
  if ('message' in set) throw new Error(set.message);
  expect(set.text).toContain('compiled:');
  expect(dropStack(set.text, 'compiled')).toEqual({text: profile});
});

test('a profile whose last stack is taken out has none', () => {
  const one = dropStack(profile, 'eager');
  if ('message' in one) throw new Error(one.message);
  const none = dropStack(one.text, 'fused');
  expect(none).toEqual({text: 'name: hand\n# What was measured.\nsoftware: {}\ntopology: []\n'});
});

test('a stack that is not there as a block of lines is not taken out, with what to do', () => {
  expect(dropStack(profile, 'unknown')).toMatchObject({hint: 'write software: as a block of lines'});
});
