import {describe, expect, test} from 'vitest';
import {importHuggingFace} from '../../src/import/hugging-face.js';
import type {Transformer} from '../../src/model/transformer.js';
import {readModel} from '../../src/plan-file/library/library.js';
import {publishedConfigs} from './configs.js';

/** Language models inside models of several media, which are no presets by their own names. */
const textParts: Readonly<Record<string, string>> = {
  'microsoft/Phi-3.5-vision-instruct': 'phi-3.5-mini',
  'moonshotai/Kimi-K2.5': 'kimi-k2-1t-a32b',
  'Qwen/Qwen3-VL-235B-A22B-Instruct': 'qwen3-235b-a22b',
  'Qwen/Qwen3-VL-30B-A3B-Instruct': 'qwen3-30b-a3b',
};

/** Fields in which a copy of a configuration differs from what was published, and why. */
const otherwise: Readonly<Record<string, {readonly field: keyof Transformer; readonly why: string}>> = {
  'bigcode/starcoder2-3b': {field: 'dropout', why: 'rebuilt without its dropout rates, which the 7B has'},
  'codellama/CodeLlama-34b-hf': {field: 'vocabularySize', why: 'the 34B has no words for infilling'},
  'microsoft/Phi-3.5-MoE-instruct': {
    field: 'attention',
    why: 'rebuilt without the longest sequence, which its window is',
  },
};

describe.each(publishedConfigs)('$repository', ({repository, config}) => {
  test('is the preset of that name', async () => {
    const imported = importHuggingFace(config, repository);
    const preset = await readModel(textParts[repository] ?? repository);
    if (!('model' in imported) || !('profile' in preset)) throw new Error('unreadable');
    const {model} = preset.profile;
    const field = otherwise[repository]?.field;
    if (field !== undefined) expect(imported.model[field]).not.toEqual(model[field]);
    const same = field === undefined ? {} : {[field]: model[field]};
    expect({...imported.model, name: model.name, ...same}).toEqual(model);
  });
});
