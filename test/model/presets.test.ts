import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {countParameters} from '../../src/model/parameters.js';
import type {ModelProfile} from '../../src/plan-file/models/model-profile.js';
import {readFamilyText} from '../../src/plan-file/models/read-family.js';
import {publishedTable} from '../published/tables.js';
import {isPrinted, isPrintedRoughly} from './printed.js';

const folders = ['families', 'measured'];
const files = folders.flatMap(folder =>
  readdirSync(new URL(`../../plans/models/${folder}/`, import.meta.url))
    .filter(file => file.endsWith('.yaml'))
    .map(file => `plans/models/${folder}/${file}`),
);

const table = new Map(publishedTable('model-parameters.csv').map(row => [row.model ?? '', row]));

async function readFamily(file: string): Promise<Readonly<Record<string, ModelProfile>>> {
  const read = await readFamilyText(file, readFileSync(file, 'utf8'));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.models;
}

describe.each(files)('%s', file => {
  test('names its schema, and a source of each model', async () => {
    const [first] = readFileSync(file, 'utf8').split('\n');
    expect(first).toBe('# yaml-language-server: $schema=../model-family.schema.json');
    for (const [name, {source}] of Object.entries(await readFamily(file))) {
      expect(source, name).not.toBeNull();
    }
  });

  test('has models of exactly the parameters of the table, and of the published size to its last digit', async () => {
    for (const [name, {model}] of Object.entries(await readFamily(file))) {
      const {total, active, parts} = countParameters(model);
      const row = table.get(name) ?? {};
      const counted = total - parts.multiTokenPrediction;
      expect(String(counted), name).toBe(row.parameters);
      expect(active === counted ? '' : String(active), name).toBe(row.active);
      const {published = '', published_active: publishedActive = ''} = row;
      if (published !== '') expect(isPrinted(counted, published), name).toBe(true);
      if (publishedActive === '') continue;
      // Some publishers leave out the input embedding, which multiplies nothing.
      const counts = [active, active - parts.embedding];
      expect(
        counts.some(count => isPrintedRoughly(count, publishedActive)),
        name,
      ).toBe(true);
    }
  });
});

test('the table has a row for each model and no other', async () => {
  const read = await Promise.all(files.map(readFamily));
  expect([...table.keys()].sort()).toEqual(read.flatMap(Object.keys).sort());
});

test('a published figure has its source', () => {
  for (const [name, row] of table) expect((row.source ?? '') !== '', name).toBe(row.published !== '');
});
