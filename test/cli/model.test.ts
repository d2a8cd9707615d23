import {expect, test} from 'vitest';
import {temporaryFile, walltime} from './run-cli.js';

interface Listed {
  readonly name: string;
  readonly family: string;
  readonly measured: boolean;
  readonly hub: readonly string[];
  readonly parameters: number;
}

test('model list shows the models of publishers by family, then those of measured tables', () => {
  const {stdout, status} = walltime(['model', 'list']);
  expect(status).toBe(0);
  const lines = stdout.split('\n');
  const qwen3 = lines.indexOf('Qwen3');
  expect(lines[qwen3 + 1]).toMatch(/^ {2}qwen3-0\.6b +596 M/);
  expect(lines.indexOf('models of measured tables')).toBeGreaterThan(qwen3);
  expect(lines.indexOf('vTrain')).toBeGreaterThan(lines.indexOf('models of measured tables'));
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
});

test('model list takes parts of a name, and JSON has what the list leaves out', () => {
  const {stdout} = walltime(['model', 'list', 'qwen', '7b', '--json']);
  const {models}: {models: readonly Listed[]} = JSON.parse(stdout);
  expect(models.map(({name}) => name)).toEqual(['qwen-7b', 'qwen1.5-7b', 'qwen2-7b', 'qwen2.5-7b']);
  expect(models[3]).toMatchObject({family: 'Qwen2.5', measured: false, parameters: 7615616512});
  expect(models[3]?.hub).toContain('Qwen/Qwen2.5-Coder-7B');
  const unknown = walltime(['model', 'list', 'qwen', '6b']);
  expect(unknown.stderr).toMatch(/unknown model "qwen 6b" {2}\(did you mean qwen/);
  expect(unknown.status).toBe(2);
});

test('model show takes a name of the hub, and asks which of several is meant', () => {
  const {stdout, status} = walltime(['model', 'show', 'meta-llama/Llama-3.2-1B-Instruct']);
  expect(stdout).toMatch(/^Llama 3\.2 1B\n.*meta-llama\/Llama-3\.2-1B\n.*1235814400/s);
  expect(status).toBe(0);
  const several = walltime(['model', 'show', 'gpt-oss']);
  expect(several.stderr).toMatch(/may be any of 2 models {2}\(write one of gpt-oss-20b \(20\.9 B/);
  expect(several.status).toBe(2);
});

test('model import reads the language model of a vision model and prints what it leaves out', () => {
  const text = {
    model_type: 'qwen3',
    hidden_size: 1024,
    head_dim: 128,
    intermediate_size: 3072,
    num_attention_heads: 16,
    num_hidden_layers: 28,
    num_key_value_heads: 8,
    vocab_size: 151936,
  };
  const config = {model_type: 'some_vl', tie_word_embeddings: true, text_config: text, vision_config: {}};
  const path = temporaryFile('config.json', JSON.stringify(config));
  const {stdout, status} = walltime(['model', 'import', path]);
  expect(status).toBe(0);
  expect(stdout).toContain('source: Hugging Face, config.json, without its vision_config\n');
  const {parameters} = JSON.parse(walltime(['model', 'import', path, '--json']).stdout);
  expect(parameters.total).toBe(596049920);
});
