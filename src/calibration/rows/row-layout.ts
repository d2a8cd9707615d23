import {serialLayout} from '../../layout/fields.js';
import {type Layout, type Recompute, recomputeModules} from '../../layout/layout.js';
import {recomputeUnstated} from './as-it-fitted.js';
import type {RawRun} from './columns.js';

/** A run that states its degrees and batches. */
export type LaidOutRun = RawRun & {
  readonly [Field in 'numDevices' | 'tensor' | 'pipeline' | 'microBatch' | 'globalBatch']: number;
};

/** The layout that a row states, with what was assumed of it; or the contradiction in it. */
export function rowLayout(
  run: LaidOutRun,
): {readonly layout: Layout; readonly assumptions: readonly string[]} | {readonly reason: string} {
  const {numDevices, tensor, pipeline, microBatch, globalBatch} = run;
  const context = run.context ?? 1;
  const data = run.data ?? numDevices / (tensor * pipeline * context);
  if (tensor * pipeline * context * data !== numDevices) {
    return {
      reason: `tp ${tensor} x pp ${pipeline} x cp ${context} x dp ${data} is not ${numDevices} devices`,
    };
  }
  if (!Number.isInteger(globalBatch / (data * microBatch))) {
    return {reason: `dp ${data} x micro-batch ${microBatch} does not divide the global batch`};
  }
  const virtualStages = pipeline > 1 ? (run.virtualStages ?? 1) : 1;
  const {recompute, assumptions} = rowRecompute(run);
  const sharding = run.sharding?.sharding ?? 'none';
  const layout: Layout = {
    ...serialLayout,
    tensor,
    pipeline,
    data,
    context,
    expert: run.expert ?? 1,
    expertTensor: run.expertTensor ?? 1,
    sequenceParallel: run.sequenceParallel === true,
    sharding,
    shardingGroup: sharding === 'none' ? 'all' : (run.sharding?.group ?? 'all'),
    microBatch,
    schedule: virtualStages > 1 ? 'interleaved' : '1f1b',
    virtualStages,
    recompute,
    offload: run.offload ?? 'none',
    asyncTensor: run.asyncTensor === true,
    overlapGradients: run.overlapGradients === true,
    overlapParameters: run.overlapParameters === true,
    contextExchange: run.contextExchange ?? serialLayout.contextExchange,
  };
  return {layout, assumptions};
}

/** Modules that a row lists, and words that name none. */
function listedModules(cell: string) {
  const words = cell
    .toLowerCase()
    .split(/[\s,;|+[\]'"]+/)
    .filter(word => word !== '');
  const moduleOf = (word: string) =>
    recomputeModules.find(
      module => module.replace(/_/g, '') === word.replace(/[_-]/g, '').replace('attention', 'attn'),
    );
  return {
    modules: words.flatMap(word => moduleOf(word) ?? []),
    unknown: words.filter(word => moduleOf(word) === undefined),
  };
}

function rowRecompute({recompute, recomputeModules: cell}: RawRun): {
  readonly recompute: Recompute;
  readonly assumptions: readonly string[];
} {
  if (cell === null) {
    return recompute === null
      ? {recompute: 'none', assumptions: [recomputeUnstated]}
      : {recompute, assumptions: []};
  }
  const {modules, unknown} = listedModules(cell);
  const stated = recompute ?? 'none';
  // Whole layers hold whatever modules stand next to them.
  const isWhole = stated === 'full' || typeof stated === 'object';
  return {
    recompute: isWhole || modules.length === 0 ? stated : {modules},
    assumptions: unknown.map(word => `recompute_modules ${word}: not modelled`),
  };
}
