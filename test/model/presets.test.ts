import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {countParameters} from '../../src/model/parameters.js';
import {readModelText} from '../../src/plan-file/library/read-model.js';
import {isPrinted, isPrintedRoughly} from './printed.js';

const folder = new URL('../../plans/models/', import.meta.url);
const files = readdirSync(folder).filter(file => file.endsWith('.yaml'));

/** What a person printed: `174.6 B`, `22 B`, `8030261248`. */
interface Printed {
  readonly total: string | number;
  readonly active?: string | number;
}

async function readPreset(file: string) {
  const text = readFileSync(new URL(file, folder), 'utf8');
  const read = await readModelText(file, text);
  if (!('profile' in read)) throw new Error(JSON.stringify(read.problems));
  const raw: {published_parameters?: Printed} = parse(text);
  return {text, profile: read.profile, printed: raw.published_parameters};
}

describe.each(files)('%s', file => {
  test('names its schema and its source', async () => {
    const {text, profile} = await readPreset(file);
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./model.schema.json');
    expect(profile.source).not.toBeNull();
  });

  test('has as many parameters as were published, to the printed digit', async () => {
    const {profile, printed} = await readPreset(file);
    if (printed === undefined) return;
    const {total, active, parts} = countParameters(profile.model);
    expect(isPrinted(total - parts.multiTokenPrediction, printed.total)).toBe(true);
    if (printed.active === undefined) return;
    // Some publishers leave out the input embedding, which multiplies nothing.
    const counts = [active, active - parts.embedding];
    expect(counts.some(count => isPrintedRoughly(count, printed.active ?? 0))).toBe(true);
  });
});

test('the models of the published studies are there', () => {
  const wanted = ['frontier-22b', 'gpt3-175b', 'frontier-1t', 'megatron-22b', 'megatron-530b', 'megatron-1t'];
  expect(files).toEqual(expect.arrayContaining(wanted.map(name => `${name}.yaml`)));
});
