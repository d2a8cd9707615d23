import type {Accelerator} from '../cluster/accelerator.js';

/** Words in the names of frameworks, and the stacks that stand for them, nearest first. */
const keywords: readonly {readonly word: string; readonly stacks: readonly string[]}[] = [
  {word: 'megatron-deepspeed zero-3', stacks: ['deepspeed']},
  {word: 'megatron-deepspeed', stacks: ['megatron-deepspeed']},
  {word: 'vtrain', stacks: ['vtrain']},
  {word: 'primus', stacks: ['primus']},
  {word: 'nemo', stacks: ['nemo']},
  {word: 'megatron-bridge', stacks: ['megatron-bridge']},
  {word: 'megatron-core', stacks: ['megatron-core']},
  {word: 'aa-scaling', stacks: ['aleph']},
  {word: 'nanotron', stacks: ['nanotron']},
  {word: 'torchtitan', stacks: ['torchtitan']},
  {word: 'llm-foundry', stacks: ['llm-foundry']},
  {word: 'accelerate', stacks: ['accelerate']},
  {word: 'litgpt', stacks: ['fsdp']},
  {word: 'lit-gpt', stacks: ['fsdp']},
  {word: 'maxtext', stacks: ['maxtext']},
  {word: 'jax', stacks: ['maxtext']},
  {word: 'hai-llm', stacks: ['hai-llm']},
  {word: 'megascale', stacks: ['megatron-core']},
  {word: 'mindspeed', stacks: ['mindspeed-llm']},
  {word: 'gpt-neox', stacks: ['gpt-neox']},
  {word: 'fsdp', stacks: ['fsdp']},
  {word: 'megatron', stacks: ['megatron-lm-2021']},
  {word: 'deepspeed', stacks: ['deepspeed']},
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
    [...(graphed ? ['megatron-bridge-performance'] : []), ...recent, ...named, ...wanted].find(stack =>
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
