import {describe, expect, test} from 'vitest';
import {findModel} from '../../../../src/plan-file/library/models/find-model.js';
import {readModelIndex} from '../../../../src/plan-file/library/models/model-index.js';
import {modelNamed} from '../../../../src/plan-file/library/models/model-name.js';

const index = await readModelIndex();

async function named(reference: string): Promise<string> {
  const found = await findModel(reference, ['.']);
  return 'message' in found ? `${found.message}: ${found.hint}` : (found.preset ?? found.path);
}

describe('a name means the model that people mean by it', () => {
  test.each([
    ['llama 3.2 1B', 'llama-3.2-1b'],
    ['Llama3.2-1B', 'llama-3.2-1b'],
    ['meta-llama/Llama-3.2-1B-Instruct', 'llama-3.2-1b'],
    ['meta-llama/Meta-Llama-3-8B', 'llama-3-8b'],
    ['NousResearch/Meta-Llama-3.1-8B-Instruct', 'llama-3.1-8b'],
    ['nvidia/Llama-3.1-70B-Instruct-FP8', 'llama-3.1-70b'],
    ['llama2_7b', 'llama-2-7b'],
    ['llama3_1_8b', 'llama-3.1-8b'],
    ['qwen 2.5 7b', 'qwen2.5-7b'],
    ['QWEN3-32B', 'qwen3-32b'],
    ['Qwen/Qwen3-32B', 'qwen3-32b'],
    ['Qwen/Qwen3-4B-Instruct-2507', 'qwen3-4b'],
    ['Qwen/Qwen1.5-1.8B-Chat', 'qwen1.5-1.8b'],
    ['unsloth/Qwen2.5-7B-Instruct-bnb-4bit', 'qwen2.5-7b'],
    ['deepseek-ai/DeepSeek-R1-Distill-Qwen-7B', 'qwen2.5-7b'],
    ['deepseek v3', 'deepseek-v3-671b'],
    ['deepseek-r1', 'deepseek-r1-671b'],
    ['glm-4.5', 'glm-4.5-355b-a32b'],
    ['kimi-k2', 'kimi-k2-1t-a32b'],
    ['gpt-2 xl', 'gpt2-1.5b'],
    ['gpt-3-175b', 'gpt3-175b'],
    ['bigscience/bloom-7b1', 'bloom-7.1b'],
    ['microsoft/phi-1_5', 'phi-1.5'],
    ['phi4', 'phi-4'],
    ['command r+', 'command-r-plus-104b'],
    ['EleutherAI/pythia-12b-deduped', 'pythia-12b'],
    ['dbrx', 'dbrx-132b-a36b'],
    ['megatron 530b', 'megatron-530b'],
  ])('%s', async (reference, name) => {
    expect(await named(reference)).toBe(name);
  });

  test('each name, each hub name and its last part mean one model', () => {
    for (const entry of index) {
      for (const name of [entry.name, ...entry.hub, ...entry.hub.map(hub => hub.split('/')[1] ?? '')]) {
        expect(modelNamed(name, index), name).toEqual({name: entry.name});
      }
    }
  });
});

describe('a part of several names is answered with what sets them apart', () => {
  test('by size', async () => {
    expect(await named('gpt-oss')).toBe(
      '"gpt-oss" may be any of 2 models: write one of gpt-oss-20b (20.9 B, 4.19 B active), gpt-oss-120b (117 B, 5.71 B active)',
    );
  });

  test('by the window where sizes are the same', async () => {
    expect(await named('phi-3')).toMatch(
      /phi-3-mini \(3\.82 B, window of 2047\), phi-3-mini-128k \(3\.82 B, no window\)/,
    );
  });

  test('the newest generation first where none is named', () => {
    const answer = modelNamed('llama', index);
    const names = 'candidates' in answer ? answer.candidates.map(({name}) => name) : [];
    expect(names.indexOf('llama-3.3-70b')).toBeLessThan(names.indexOf('llama-3.1-8b'));
    expect(names.indexOf('llama-3.1-8b')).toBeLessThan(names.indexOf('llama-2-7b'));
    expect(names).not.toContain('aleph-llama-13b');
  });
});

describe('an unknown name is answered by family, then generation, then size', () => {
  test.each([
    ['llama-3.2-2b', ['llama-3.2-3b', 'llama-3.2-1b', 'llama-3.3-70b']],
    ['llama-3-7b', ['llama-3-8b', 'llama-3-70b', 'llama-3-405b']],
    ['lama-3-8b', ['llama-3-8b', 'llama-3-70b', 'llama-3-405b']],
    ['qwen2.5-8b', ['qwen2.5-7b', 'qwen2.5-14b', 'qwen2.5-3b']],
    ['Qwen/Qwen2.5-VL-7B-Instruct', ['qwen2.5-7b']],
    ['gpt3-17b', ['gpt3-175b', 'gpt3-5b']],
    ['gpt-oss-20', ['gpt-oss-20b', 'gpt-oss-120b']],
    ['opt-350m', ['opt-125m', 'opt-1.3b']],
    ['phi-5', ['phi-4', 'phi-4-mini']],
    ['zzz', []],
    ['a/b', []],
  ])('%s', (typed, names) => {
    const answer = modelNamed(typed, index);
    if (!('candidates' in answer)) throw new Error(answer.name);
    expect(answer.isPartOfEach).toBe(false);
    expect(answer.candidates.slice(0, names.length || 1).map(({name}) => name)).toEqual(names);
  });

  test('a path stays a path', async () => {
    expect(await named('models/mine.yaml')).toMatch(/^no such file/);
    expect(await named('./mine')).toMatch(/^no such file/);
    expect(await named('plans/models/families/qwen3.yaml')).toMatch(/qwen3\.yaml$/);
  });
});
