import {existsSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {importHuggingFace} from '../../src/import/hugging-face.js';
import {countParameters} from '../../src/model/parameters.js';
import type {Transformer} from '../../src/model/transformer.js';
import {readModel} from '../../src/plan-file/library/library.js';
import {readModelIndex} from '../../src/plan-file/library/models/model-index.js';
import {modelNamed} from '../../src/plan-file/library/models/model-name.js';

/** Configurations of 135 models with their exact parameter counts; not part of the repository. */
const folder = '../shared/configs/';

/** Presets of configurations whose file has another name than the model, or is a language model of several media. */
const presetNames: Readonly<Record<string, string>> = {
  'Phi-3.5-vision': 'phi-3.5-mini',
  'Qwen--Qwen3-VL-235B-A22B-Instruct': 'qwen3-235b-a22b',
  'Qwen--Qwen3-VL-30B-A3B-Instruct': 'qwen3-30b-a3b',
  'aya-23': 'aya-23-8b',
  minicpm_2b: 'minicpm-2b-128k',
  mistral_7b_v03: 'mistral-7b-v0.3',
  'moonshotai--Kimi-K2.5': 'kimi-k2-1t-a32b',
  'phi-3_5': 'phi-3.5-mini',
  'phi-3_5-vision': 'phi-3.5-mini',
  'phi-4': 'phi-4-mini',
  'phi-4-2': 'phi-4',
  qwen: 'qwen-1.8b',
  qwen2: 'qwen1.5-1.8b',
  stablelm: 'stablelm-3b-4e1t',
  'tinyllama_1b_chat_v1.0': 'tinyllama-1.1b',
};

/** Fields in which a file differs from what was published, as in presets.test.ts. */
const differences: Readonly<Record<string, keyof Transformer>> = {
  'Phi-3.5-MoE': 'attention',
  codellama_34b: 'vocabularySize',
  'starcoder2-3b': 'dropout',
};

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

  test('are the presets of their names', async () => {
    const index = await readModelIndex();
    for (const row of rows) {
      const imported = read(row);
      if ('problems' in imported) continue;
      const named = modelNamed(presetNames[row.config] ?? row.config.replace('--', '/'), index);
      const preset = await readModel('name' in named ? named.name : row.config);
      if (!('profile' in preset)) throw new Error(`${row.config} has no preset`);
      const {model} = preset.profile;
      const field = differences[row.config];
      const same = field === undefined ? {} : {[field]: model[field]};
      expect({...imported.model, name: model.name, ...same}, row.config).toEqual(model);
    }
  });

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
