import type {PlannedRun} from '../export-target.js';
import {join, note, type Part, part, refuse} from '../part.js';

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
  if (recompute.layers % virtualStages !== 0) {
    return refuse(
      'layout.recompute',
      `Megatron-LM recomputes as many layers of each virtual stage, and ${virtualStages} do not divide ${recompute.layers}`,
      `set layout.recompute.layers to a multiple of ${virtualStages}`,
    );
  }
  return part([
    ['--recompute-granularity', 'full'],
    ['--recompute-method', 'block'],
    ['--recompute-num-layers', recompute.layers / virtualStages],
  ]);
}

function offloadFlags({plan, layout}: PlannedRun): Part {
  const {offload, sharding} = layout;
  const optimizer = offload === 'optimizer' || offload === 'optimizer-and-activations';
  const activations = offload === 'activations' || offload === 'optimizer-and-activations';
  const parts: Part[] = [];
  if (optimizer && sharding === 'none') {
    parts.push(
      refuse(
        'layout.offload',
        'Megatron-LM offloads the optimizer only where it is sharded',
        'set layout.sharding to optimizer, or layout.offload to none',
      ),
    );
  } else if (optimizer) {
    parts.push(
      part([
        ['--optimizer-cpu-offload'],
        ['--optimizer-offload-fraction', '1.0'],
        ['--use-precision-aware-optimizer'],
      ]),
    );
  }
  if (activations && (layout.pipeline > 1 || layout.recompute !== 'none' || plan.model.numLayers === 1)) {
    parts.push(
      refuse(
        'layout.offload',
        'Megatron-LM offloads activations of layers only without a pipeline and without recomputation',
        'set layout.offload to none or optimizer',
      ),
    );
  } else if (activations) {
    // The last layer's are needed at once.
    parts.push(part([['--cpu-offloading-num-layers', plan.model.numLayers - 1]]));
  }
  return join(parts);
}
