import type {Accelerator} from '../cluster/accelerator.js';

/** Words in the names of frameworks, and the stacks that stand for them, nearest first. */
const keywords: readonly {readonly word: string; readonly stacks: readonly string[]}[] = [
  {word: 'megatron-deepspeed zero-3', stacks: ['deepspeed', 'megatron-deepspeed']},
  {word: 'megatron-deepspeed', stacks: ['megatron-deepspeed']},
  {word: 'vtrain', stacks: ['vtrain', 'megatron-deepspeed']},
  {word: 'primus', stacks: ['primus', 'megatron-core']},
  {word: 'nemo', stacks: ['nemo', 'megatron-core']},
  {word: 'megatron-bridge', stacks: ['megatron-bridge', 'nemo', 'megatron-core']},
  {word: 'megatron-core', stacks: ['megatron-core']},
  {word: 'aa-scaling', stacks: ['aa-scaling', 'aleph', 'megatron-lm']},
  {word: 'nanotron', stacks: ['nanotron']},
  {word: 'torchtitan', stacks: ['torchtitan']},
  {word: 'llm-foundry', stacks: ['llm-foundry', 'fsdp']},
  {word: 'accelerate', stacks: ['accelerate', 'fsdp', 'torchtitan']},
  {word: 'litgpt', stacks: ['litgpt', 'lit-gpt', 'fsdp']},
  {word: 'lit-gpt', stacks: ['litgpt', 'lit-gpt', 'fsdp']},
  {word: 'maxtext', stacks: ['maxtext', 'jax']},
  {word: 'jax', stacks: ['jax', 'maxtext']},
  {word: 'colossalai', stacks: ['colossalai']},
  {word: 'hai-llm', stacks: ['hai-llm', 'megatron-core']},
  {word: 'megascale', stacks: ['megascale', 'megatron-core']},
  {word: 'mindspeed', stacks: ['mindspeed', 'megatron-core']},
  {word: 'gpt-neox', stacks: ['gpt-neox', 'megatron-deepspeed']},
  {word: 'fsdp', stacks: ['fsdp', 'torchtitan']},
  {word: 'megatron', stacks: ['megatron-lm']},
];

/** The stack to take where a framework has none of its own. */
const fallback = 'generic';

/** The one of `stacks` that comes nearest to a framework as a table of measurements names it. */
export function matchSoftware(
  stacks: readonly string[],
  framework: string,
  accelerator: Pick<Accelerator, 'peak'>,
): string {
  const text = framework.toLowerCase();
  // A Megatron-LM that runs where there are 8-bit formats is of 2023 or later: Megatron-Core inside.
  const recent =
    text.startsWith('megatron-lm') && accelerator.peak.fp8 !== undefined ? ['megatron-core'] : [];
  const graphed = release(text) >= graphedSince && accelerator.peak.nvfp4 !== undefined;
  const named = stacks.filter(stack => stack !== fallback && stack === text);
  const wanted = keywords.filter(({word}) => text.includes(word)).flatMap(entry => entry.stacks);
  return (
    [...(graphed ? ['megatron-bridge-26.06'] : []), ...recent, ...named, ...wanted].find(stack =>
      stacks.includes(stack),
    ) ?? fallback
  );
}

/** Megatron-Bridge's recipes for Blackwell run whole iterations as one graph from this container on. */
const graphedSince = 26.06;

/** Of NVIDIA's container, year and month as 26.06; 0 where a name holds none. */
function release(framework: string): number {
  return Number(/^megatron-bridge (\d\d\.\d\d)/.exec(framework)?.[1] ?? 0);
}
