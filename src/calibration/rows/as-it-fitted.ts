import type {Cluster} from '../../cluster/cluster.js';
import {hasPrecision} from '../../cost/kernels/device.js';
import type {Framework} from '../../frameworks/framework.js';
import {problemsOf} from '../../frameworks/problems.js';
import type {StackSupport} from '../../frameworks/stack.js';
import {type Layout, type Recompute, type RecomputeModule, shardings} from '../../layout/layout.js';
import type {Transformer} from '../../model/transformer.js';
import {makeEstimator} from '../../pipeline/estimate.js';
import type {RawRun} from './columns.js';
import type {Measurement} from './measurement.js';

/** A run before its memory is held against the machine it ran on. */
export interface OpenRun {
  readonly run: Measurement;
  readonly stated: RawRun;
  /** The machine as the run found it. */
  readonly cluster: Cluster;
  readonly supports: Pick<StackSupport, 'partialRecompute' | 'shardings' | 'pipelinedShardings'>;
  readonly framework: Pick<Framework, 'recipeDefaults' | 'recomputesModules'>;
}

/** A table's "none" cannot be meant where it would take this many times the memory of the device. */
const impossible = 2;

/**
 * The run with the least that makes it fit of what its row leaves open: a run that ran did fit. It stays as
 * it is where it fits, where it ran out of memory, and where nothing that is open makes it fit.
 */
export function asItFitted(open: OpenRun): Measurement {
  const {run, cluster} = open;
  const {model, training} = run;
  if (!run.measured.fits || !hasPrecision(cluster, training.precision)) return run;
  const estimator = makeEstimator({model, cluster, training});
  const isRunnable = (layout: Layout) => problemsOf(layout, {model, training, cluster}).length === 0;
  if (!isRunnable(run.layout)) return run;
  const {memory} = estimator.step(run.layout);
  if (memory.fits) return run;
  const needed = memory.peakBytes / memory.capacityBytes;
  let {layout} = run;
  const changes = new Map<string, string>();
  for (const {fields, words} of savingsOf(open, needed)) {
    const tried = {...layout, ...fields};
    if (!isRunnable(tried)) continue;
    layout = tried;
    // A later choice of a field replaces the earlier one, and choices of different fields add up.
    for (const field of Object.keys(fields)) changes.set(field, words);
    if (!estimator.step(tried).memory.fits) continue;
    return {...run, layout, assumptions: withChanges(run, [...changes.values()])};
  }
  return run;
}

function withChanges({assumptions}: Measurement, changed: readonly string[]): readonly string[] {
  return [
    ...assumptions.filter(line => line !== recomputeUnstated),
    ...changed.map(words => `${words}: as stated it would not fit, and it ran`),
  ];
}

/** What is assumed of a row without a word on recomputation. */
export const recomputeUnstated = 'recomputation not stated: taken as none';

interface Saving {
  readonly fields: Partial<Layout>;
  readonly words: string;
}

/** What the row leaves open and saves memory, the cheapest first. @param needed peak over the device's memory */
function* savingsOf({run, stated, supports, framework}: OpenRun, needed: number): Generator<Saving> {
  const {layout} = run;
  const isReplicated = layout.sharding === 'none' && layout.data * layout.context > 1;
  if (stated.sharding === null && isReplicated) {
    const possible = layout.pipeline > 1 ? supports.pipelinedShardings : supports.shardings;
    for (const sharding of shardings) {
      if (sharding === 'none' || !possible.includes(sharding)) continue;
      yield {fields: {sharding}, words: `zero_stage not stated: taken as ${sharding}`};
    }
  }
  if (stated.sequenceParallel === null && !layout.sequenceParallel && layout.tensor > 1) {
    yield {fields: {sequenceParallel: true}, words: 'sequence_parallel not stated: taken as true'};
  }
  const offload = stated.offload === null ? framework.recipeDefaults?.savings?.(layout).offload : undefined;
  if (offload !== undefined) {
    yield {fields: {offload}, words: `offload not stated: taken as ${offload}`};
  }
  const isOpen = stated.recompute === null && stated.recomputeModules === null;
  if (!isOpen && (stated.recompute !== 'none' || needed < impossible)) return;
  const isStated = isOpen ? 'recomputation not stated' : 'recomputation none';
  for (const {recompute, name} of recomputations(run, supports, framework.recomputesModules ?? false)) {
    yield {fields: {recompute}, words: `${isStated}: taken as ${name}`};
  }
}

/** Ways to recompute, from the least to all. */
function* recomputations(
  {model, layout}: Measurement,
  {partialRecompute}: Pick<StackSupport, 'partialRecompute'>,
  byModules: boolean,
): Generator<{readonly recompute: Recompute; readonly name: string}> {
  if (byModules) {
    for (const modules of moduleLists(model)) yield {recompute: {modules}, name: modules.join(' + ')};
  } else {
    yield {recompute: 'selective', name: 'selective'};
  }
  if (partialRecompute) {
    const perChunk = Math.ceil(model.numLayers / (layout.pipeline * layout.virtualStages));
    for (let layers = layout.virtualStages; layers < perChunk; layers += layout.virtualStages) {
      yield {recompute: {layers}, name: `${layers} layers of each chunk`};
    }
  }
  yield {recompute: 'full', name: 'full'};
}

/** Modules from the cheapest to run again: norms and activations, up-projections, whole feed-forward blocks. */
function* moduleLists({attention, experts}: Transformer): Generator<readonly RecomputeModule[]> {
  const cheap: RecomputeModule[] = experts === null ? ['layernorm'] : ['layernorm', 'moe_act'];
  yield cheap;
  const projected: RecomputeModule[] = attention.kind === 'latent' ? [...cheap, 'mla_up_proj'] : cheap;
  if (projected !== cheap) yield projected;
  yield [
    ...projected.filter(module => module !== 'moe_act'),
    'mlp',
    ...(experts === null ? [] : (['moe'] as const)),
  ];
}
