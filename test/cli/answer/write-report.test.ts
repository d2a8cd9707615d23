import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {writeReport} from '../../../src/cli/answer/write-report.js';
import {element, textMarkup} from '../../../src/report/html/markup.js';
import {htmlPage} from '../../../src/report/html/page.js';

const folder = mkdtempSync(join(tmpdir(), 'walltime-report-'));
afterAll(() => rmSync(folder, {recursive: true}));

const report = (words: string) =>
  htmlPage({title: 'a report', description: '', body: element('p', {}, textMarkup(words))});

test('a report is written anew over an earlier one, and nothing else is left', () => {
  const file = join(folder, 'report.html');
  expect(writeReport(file, report('first'))).toBeNull();
  expect(writeReport(file, report('second'))).toBeNull();
  expect(readFileSync(file, 'utf8')).toBe(report('second'));
  expect(readdirSync(folder)).toEqual(['report.html']);
});

test('what is not a report stays', () => {
  const file = join(folder, 'notes.html');
  writeFileSync(file, '<!doctype html><p>mine</p>');
  expect(writeReport(file, report('first'))?.message).toBe('is there already, and is not overwritten');
  expect(readFileSync(file, 'utf8')).toBe('<!doctype html><p>mine</p>');
});

test('a folder that is not there is a problem, and so is a folder itself', () => {
  expect(writeReport(join(folder, 'none', 'report.html'), report('x'))?.message).toMatch(/cannot be written/);
  expect(writeReport(folder, report('x'))).not.toBeNull();
});
