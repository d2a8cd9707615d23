import type {PlannedRun} from '../export-target.js';
import {join, note, type Part, part, when} from '../part.js';

/** What is computed again, and what is moved to the host. */
export function memoryFlags(run: PlannedRun): Part {
  return join([recomputeFlags(run), offloadFlags(run)]);
}

function recomputeFlags({plan, layout}: PlannedRun): Part {
  const {recompute, virtualStages} = layout;
  if (recompute === 'none') return part([]);
  if (recompute === 'selective') {
    return join([
      part([['--recompute-granularity', 'selective']]),
      ...(plan.cluster.software.selectiveRecompute === 'attention'
        ? []
        : [
            note(
              `selective recomputation of ${plan.cluster.software.name} differs: Megatron-LM recomputes the core of attention`,
            ),
          ]),
    ]);
  }
  if (recompute === 'full') {
    return part([
      ['--recompute-granularity', 'full'],
      ['--recompute-method', 'uniform'],
      ['--recompute-num-layers', 1],
    ]);
  }
  // Megatron-LM counts in each virtual stage, a layout in each stage.
  return part([
    ['--recompute-granularity', 'full'],
    ['--recompute-method', 'block'],
    ['--recompute-num-layers', recompute.layers / virtualStages],
  ]);
}

function offloadFlags({plan, layout}: PlannedRun): Part {
  const {offload} = layout;
  const optimizer = offload === 'optimizer' || offload === 'optimizer-and-activations';
  const activations = offload === 'activations' || offload === 'optimizer-and-activations';
  return part([
    ...when(
      optimizer,
      ['--optimizer-cpu-offload'],
      ['--optimizer-offload-fraction', '1.0'],
      ['--use-precision-aware-optimizer'],
    ),
    // The last layer's are needed at once.
    ...when(activations, ['--cpu-offloading-num-layers', plan.model.numLayers - 1]),
  ]);
}
