import {deepSeekV2, deepSeekV3} from './deepseek.js';
import type {Family} from './family.js';
import {gemma, gemma2, gemma3} from './gemma.js';
import {falcon, gpt2, gptNeoX, nemotron, phi} from './gpt.js';
import {llama, mistral, olmo, olmo2, phi3, qwen2, qwen3} from './llama.js';
import {gptOss, llama4, mixtral, qwen2Moe, qwen3Moe} from './mixture.js';

/** The readers by `model_type`. A new family is one function and one line here. */
export const families: Readonly<Record<string, Family>> = {
  deepseek_v2: deepSeekV2,
  deepseek_v3: deepSeekV3,
  falcon,
  gemma,
  gemma2,
  gemma3,
  gemma3_text: gemma3,
  gpt2,
  gpt_neox: gptNeoX,
  gpt_oss: gptOss,
  llama,
  llama4,
  llama4_text: llama4,
  mistral,
  mixtral,
  nemotron,
  olmo,
  olmo2,
  phi,
  phi3,
  qwen2,
  qwen2_moe: qwen2Moe,
  qwen3,
  qwen3_moe: qwen3Moe,
};

/** Types that are often tried and are no decoder-only language models, with what they are. */
export const otherKinds: Readonly<Record<string, string>> = {
  albert: 'an encoder',
  bart: 'an encoder and a decoder',
  bert: 'an encoder',
  clip: 'a vision model',
  deberta: 'an encoder',
  'deberta-v2': 'an encoder',
  distilbert: 'an encoder',
  electra: 'an encoder',
  mamba: 'a state-space model',
  mamba2: 'a state-space model',
  mbart: 'an encoder and a decoder',
  modernbert: 'an encoder',
  mt5: 'an encoder and a decoder',
  nemotron_h: 'a hybrid with state-space layers',
  pegasus: 'an encoder and a decoder',
  roberta: 'an encoder',
  rwkv: 'a recurrent model',
  siglip: 'a vision model',
  t5: 'an encoder and a decoder',
  vit: 'a vision model',
  wav2vec2: 'an audio model',
  whisper: 'an audio model',
  'xlm-roberta': 'an encoder',
};
