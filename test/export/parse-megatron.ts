import type {Layout} from '../../src/layout/layout.js';

/** Flags of an exported script and their values, as bash hands them to the program. */
export function megatronFlags(text: string): ReadonlyMap<string, readonly string[]> {
  const body = text.slice(text.indexOf('=(') + 2, text.lastIndexOf('\n)'));
  const words = body
    .split('\n')
    .filter(line => !line.trim().startsWith('#'))
    .flatMap(line => [...line.matchAll(/'([^']*)'|(\S+)/g)].map(match => match[1] ?? match[2] ?? ''));
  const flags = new Map<string, string[]>();
  let last: string[] = [];
  for (const word of words) {
    if (word.startsWith('--')) {
      last = [];
      flags.set(word, last);
    } else last.push(word);
  }
  return flags;
}

/** What Megatron-LM would run: the layout that its flags mean on `numDevices`, as its documentation has them. */
export function layoutOfFlags(
  flags: ReadonlyMap<string, readonly string[]>,
  numDevices: number,
): Partial<Layout> {
  const number = (flag: string, otherwise: number) => Number(flags.get(flag)?.[0] ?? otherwise);
  const tensor = number('--tensor-model-parallel-size', 1);
  const pipeline = number('--pipeline-model-parallel-size', 1);
  const context = number('--context-parallel-size', 1);
  const stages = flags.get('--pipeline-model-parallel-layout')?.[0]?.split('|').length;
  const virtualStages =
    stages === undefined ? number('--num-virtual-stages-per-pipeline-rank', 1) : stages / pipeline;
  return {
    tensor,
    pipeline,
    context,
    data: numDevices / (tensor * pipeline * context),
    expert: number('--expert-model-parallel-size', 1),
    expertTensor: number('--expert-tensor-parallel-size', tensor),
    sequenceParallel: flags.has('--sequence-parallel'),
    asyncTensor: flags.has('--tp-comm-overlap'),
    overlapGradients: flags.has('--overlap-grad-reduce'),
    microBatch: number('--micro-batch-size', 1),
    virtualStages,
    schedule: virtualStages > 1 ? 'interleaved' : '1f1b',
    sharding: shardingOf(flags),
    recompute: recomputeOf(flags, virtualStages),
    offload: offloadOf(flags),
    contextExchange: flags.get('--cp-comm-type')?.[0] === 'all_gather' ? 'all-gather' : 'ring',
  };
}

function shardingOf(flags: ReadonlyMap<string, readonly string[]>): Layout['sharding'] {
  const strategy = flags.get('--data-parallel-sharding-strategy')?.[0];
  if (strategy === 'optim_grads_params') return 'parameters';
  if (strategy === 'optim_grads') return 'gradients';
  const spread = flags.has('--use-distributed-optimizer') || flags.get('--optimizer')?.[0] === 'dist_muon';
  return spread ? 'optimizer' : 'none';
}

function recomputeOf(
  flags: ReadonlyMap<string, readonly string[]>,
  virtualStages: number,
): Layout['recompute'] {
  const granularity = flags.get('--recompute-granularity')?.[0];
  if (granularity === undefined) return 'none';
  if (granularity === 'selective') return 'selective';
  return flags.get('--recompute-method')?.[0] === 'block'
    ? {layers: Number(flags.get('--recompute-num-layers')?.[0]) * virtualStages}
    : 'full';
}

function offloadOf(flags: ReadonlyMap<string, readonly string[]>): Layout['offload'] {
  const optimizer = flags.has('--optimizer-cpu-offload');
  const activations = flags.has('--cpu-offloading-num-layers');
  if (optimizer) return activations ? 'optimizer-and-activations' : 'optimizer';
  return activations ? 'activations' : 'none';
}
