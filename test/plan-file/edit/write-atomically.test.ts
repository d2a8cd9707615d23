import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {writeAtomically} from '../../../src/plan-file/edit/write-atomically.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'walltime-'));
  writeFileSync(join(folder, 'plan.yaml'), 'before');
});
afterEach(() => rmSync(folder, {recursive: true}));

test('the new text takes the place of the old, with its mode, and nothing is left beside it', () => {
  const path = join(folder, 'plan.yaml');
  chmodSync(path, 0o640);
  expect(writeAtomically(path, 'before', 'after')).toBeNull();
  expect(readFileSync(path, 'utf8')).toBe('after');
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder)).toEqual(['plan.yaml']);
});

test('a link stays a link to the file that is written', () => {
  const link = join(folder, 'link.yaml');
  symlinkSync('plan.yaml', link);
  expect(writeAtomically(link, 'before', 'after')).toBeNull();
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'plan.yaml'), 'utf8')).toBe('after');
});

test('a file that changed since it was read is left alone', () => {
  const path = join(folder, 'plan.yaml');
  expect(writeAtomically(path, 'older', 'after')).toEqual({
    message: 'changed since it was read',
    hint: 'run the command again',
  });
  expect(readFileSync(path, 'utf8')).toBe('before');
});

test('a file that is gone is a fault, not an exception', () => {
  expect(writeAtomically(join(folder, 'gone.yaml'), 'before', 'after')?.message).toBe(
    'cannot be written (ENOENT)',
  );
});
