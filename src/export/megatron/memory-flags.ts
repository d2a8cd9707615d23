import {modulesOf, statedLayers} from '../../layout/layout.js';
import {type ConfigFragment, concatFragments, fragment, note, when} from '../config-fragment.js';
import type {PlannedRun} from '../export-target.js';

/** What is computed again, and what is moved to the host. */
export function memoryFlags(run: PlannedRun): ConfigFragment {
  return concatFragments([recomputeFlags(run), offloadFlags(run)]);
}

function recomputeFlags({plan, layout}: PlannedRun): ConfigFragment {
  const {recompute, virtualStages} = layout;
  if (recompute === 'none') return fragment([]);
  if (recompute === 'selective') {
    return concatFragments([
      fragment([['--recompute-granularity', 'selective']]),
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
    return fragment([
      ['--recompute-granularity', 'full'],
      ['--recompute-method', 'uniform'],
      ['--recompute-num-layers', 1],
    ]);
  }
  const modules = modulesOf(recompute);
  if (modules !== null) {
    return fragment([
      ['--recompute-granularity', 'selective'],
      ['--recompute-modules', modules.join(' ')],
    ]);
  }
  const layers = statedLayers(recompute);
  if (layers === null) {
    return note('recomputation of each n-th layer is not in it: Megatron-LM recomputes the first of a stage');
  }
  // Megatron-LM counts in each virtual stage, a layout in each stage.
  return fragment([
    ['--recompute-granularity', 'full'],
    ['--recompute-method', 'block'],
    ['--recompute-num-layers', layers / virtualStages],
  ]);
}

function offloadFlags({plan, layout}: PlannedRun): ConfigFragment {
  const {offload} = layout;
  const optimizer = offload === 'optimizer' || offload === 'optimizer-and-activations';
  const activations = offload === 'activations' || offload === 'optimizer-and-activations';
  return fragment([
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
