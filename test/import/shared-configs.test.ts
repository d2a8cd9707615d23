import {existsSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {importHuggingFace} from '../../src/import/hugging-face.js';
import {countParameters} from '../../src/model/parameters.js';

/** Configurations of 135 models with their exact parameter counts; not part of the repository. */
const folder = '../shared/configs/';

interface Row {
  readonly config: string;
  readonly total: number;
  readonly active: number;
  /** Begins with B or C where the model has parts that a model file cannot say. */
  readonly note: string;
}

function readRows(): readonly Row[] {
  const [, ...lines] = readFileSync(`${folder}parameters.tsv`, 'utf8').trim().split('\n');
  return lines.map(line => {
    const [config = '', , total, active, , note = ''] = line.split('\t');
    return {config, total: Number(total), active: Number(active), note};
  });
}

const read = ({config}: Row) =>
  importHuggingFace(JSON.parse(readFileSync(`${folder}${config}.json`, 'utf8')), config);

describe.skipIf(!existsSync(`${folder}parameters.tsv`))('configurations of ../shared', () => {
  const rows = existsSync(`${folder}parameters.tsv`) ? readRows() : [];

  test('are read with exactly their parameters, or refused with what a model file cannot say', () => {
    for (const row of rows) {
      const imported = read(row);
      const isBeyond = /^[BC]/.test(row.note);
      expect('problems' in imported, row.config).toBe(isBeyond);
      if ('problems' in imported) {
        expect(imported.problems[0]?.message, row.config).toMatch(/not a decoder-only|cannot say yet/);
        continue;
      }
      const {total, active, parts} = countParameters(imported.model);
      const counted = {total: total - parts.multiTokenPrediction, active};
      expect(counted, row.config).toEqual({total: row.total, active: row.active});
    }
  });
});
