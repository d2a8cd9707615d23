import {describe, expect, test} from 'vitest';
import {importHuggingFace} from '../../src/import/hugging-face.js';
import {writeModelYaml} from '../../src/import/write-model-yaml.js';
import {readModelText} from '../../src/plan-file/models/read-model.js';
import {llama} from '../model/shapes.js';
import {publishedConfigs} from './configs.js';

test('Llama 3 8B', () => {
  expect(writeModelYaml({...llama, name: 'Llama 3 8B'}, 'its config.json')).toBe(
    `# yaml-language-server: $schema=./model.schema.json
walltime-model: 1
name: Llama 3 8B
source: its config.json
layers: 32
hidden: 4096
vocabulary: 128256
tied_embeddings: false
positions: rotary
attention: {heads: 32, kv_heads: 8}
mlp: {kind: gated, hidden: 14336}
norm: {kind: rms}
`,
  );
});

describe.each(publishedConfigs)('$repository', ({repository, config}) => {
  test('is read back as it was imported', async () => {
    const imported = importHuggingFace(config, repository);
    if (!('model' in imported)) throw new Error(JSON.stringify(imported.problems));
    const read = await readModelText('model.yaml', writeModelYaml(imported.model, null));
    if (!('profile' in read)) throw new Error(JSON.stringify(read.problems));
    expect(read.profile.model).toEqual(imported.model);
  });
});

test('names that YAML would misread are quoted', () => {
  const text = writeModelYaml({...llama, name: '405: "big" #1'}, null);
  expect(text).toContain(`name: '405: "big" #1'`);
});
