import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {setStack} from '../../../src/plan-file/edit/set-stack.js';

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

test('a stack that is set leaves every other line as it was', () => {
  const set = setStack(profile, 'compiled', {kernel_launch: {value: '1 us', source: 'fitted'}});
  if ('message' in set) throw new Error(set.message);
  const added = '  compiled:\n    kernel_launch: { value: 1 us, source: fitted }\n';
  expect(set.text).toContain(added);
  expect(set.text.replace(added, '')).toBe(profile);
});

test('a stack that is set again takes the place of what it was', () => {
  const set = setStack(profile, 'eager', {kernel_launch: {value: '1 us', source: 'fitted'}});
  if ('message' in set) throw new Error(set.message);
  expect(parse(set.text).software).toEqual({
    eager: {kernel_launch: {value: '1 us', source: 'fitted'}},
    fused: {kernel_launch: {value: '10 us', source: 'fitted'}},
  });
});
