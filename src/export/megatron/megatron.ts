import {type ConfigFragment, concatFragments} from '../config-fragment.js';
import {commentLines, describeRun, generalNotes} from '../description.js';
import type {ExportedText, LaunchTarget, PlannedRun} from '../export-target.js';
import {shellWords} from '../shell.js';
import {degreeFlags} from './degree-flags.js';
import {memoryFlags} from './memory-flags.js';
import {modelFlags} from './model-flags.js';
import {shardingFlags} from './sharding-flags.js';
import {stageFlags} from './stage-flags.js';
import {trainingFlags} from './training-flags.js';

/**
 * Arguments of NVIDIA's Megatron-LM, as a bash array.
 *
 * Names and choices as its parser has them: NVIDIA/Megatron-LM at d98e8a6, megatron/training/arguments.py.
 */
export const megatron: LaunchTarget = {
  of: 'layout',
  summary: "arguments of Megatron-LM's pretrain_gpt.py, as a bash array",
  comments: true,
  framework: 'megatron-core',
  write: writeMegatron,
};

/** Groups of arguments by subject. */
const groups: readonly (readonly [title: string, (run: PlannedRun) => ConfigFragment])[] = [
  ['model', modelFlags],
  ['parallel degrees', degreeFlags],
  ['pipeline', stageFlags],
  ['data parallel', shardingFlags],
  ['memory', memoryFlags],
  ['training', trainingFlags],
];

/** All arguments in their order, and what they do not express. */
export function megatronFragment(run: PlannedRun): ConfigFragment {
  return concatFragments(groups.map(([, flags]) => flags(run)));
}

function writeMegatron(run: PlannedRun): ExportedText {
  const parts = groups.map(([title, flags]) => ({title, fragment: flags(run)}));
  const {notes} = concatFragments(parts.map(({fragment}) => fragment));
  const all = [...generalNotes(run), ...notes];
  const body = parts
    .filter(({fragment}) => fragment.settings.length > 0)
    .flatMap(({title, fragment}) => [
      `  # ${title}`,
      ...fragment.settings.map(flag => `  ${shellWords(flag)}`),
    ]);
  const text = [
    ...commentLines(describeRun(run)),
    ...commentLines(all.map(note => `note: ${note}`)),
    ...megatronEnvironment(run),
    'MEGATRON_ARGS=(',
    ...body,
    ')',
    `# torchrun ... pretrain_gpt.py "\${MEGATRON_ARGS[@]}"`,
  ];
  return {text: `${text.join('\n')}\n`, notes: all};
}

/** Tensor and context parallelism need kernels to start in launch order; FSDP needs them to run concurrently. */
export function megatronEnvironment({layout}: PlannedRun): string[] {
  const sharded = layout.sharding === 'gradients' || layout.sharding === 'parameters';
  if (sharded || (layout.tensor === 1 && layout.context === 1)) return [];
  return ['export CUDA_DEVICE_MAX_CONNECTIONS=1'];
}
