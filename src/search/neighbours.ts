import {type StepParts, stepPartNames} from '../cost/step.js';
import {problemsOf} from '../frameworks/problems.js';
import {numMicrobatches} from '../layout/constraints.js';
import type {Layout} from '../layout/layout.js';
import {makeEstimator} from '../pipeline/estimate.js';
import type {Plan} from '../plan/plan.js';

/** A layout one choice away from another, and why it is not taken. */
export interface Neighbour {
  /** What differs besides the data degree, which follows. */
  readonly field: 'tensor' | 'pipeline' | 'microBatch' | 'recompute' | 'virtualStages';
  readonly layout: Layout;
  /** Memory of the fullest stage, including memory outside the allocator. */
  readonly neededBytes: number;
  readonly fits: boolean;
  /** Step time over that of the other layout, less one. */
  readonly slower: number;
  /** The part of the step that grows most, and by how many seconds. */
  readonly part: keyof StepParts;
  readonly partSeconds: number;
}

/**
 * The layouts one step of one degree or setting away from `layout`, nearest in time first; those that
 * break an invariant or a pin are left out.
 */
export function neighbours(plan: Plan, layout: Layout): readonly Neighbour[] {
  const estimator = makeEstimator(plan);
  const {parts: own, seconds} = estimator.step(layout);
  return steps(layout)
    .filter(({field}) => plan.pins[field] === undefined)
    .filter(({layout: other}) => other.data === layout.data || plan.pins.data === undefined)
    .filter(({layout: other}) => problemsOf(other, plan).length === 0 && isWholeRounds(other, plan))
    .map(({field, layout: other}) => {
      const {parts, memory, seconds: otherSeconds} = estimator.step(other);
      const {fits, neededBytes} = memory;
      const part = stepPartNames.reduce((most, name) =>
        parts[name] - own[name] > parts[most] - own[most] ? name : most,
      );
      return {
        field,
        layout: other,
        neededBytes,
        fits,
        slower: otherSeconds / seconds - 1,
        part,
        partSeconds: parts[part] - own[part],
      };
    })
    .sort((a, b) => a.slower - b.slower);
}

/** Interleaved passes go round in groups as long as the pipeline. */
function isWholeRounds(layout: Layout, {training}: Plan): boolean {
  return layout.virtualStages === 1 || numMicrobatches(layout, training) % layout.pipeline === 0;
}

interface Changed {
  readonly field: Neighbour['field'];
  readonly layout: Layout;
}

function steps(layout: Layout): Changed[] {
  const {tensor, pipeline, data, microBatch, virtualStages} = layout;
  const half = (degree: number) => (degree % 2 === 0 ? [degree / 2] : []);
  return [
    ...[tensor * 2, ...half(tensor)].map(degree => withTensor(layout, degree)),
    ...[pipeline * 2, ...half(pipeline)].map(degree => ({
      field: 'pipeline' as const,
      layout: withSchedule({...layout, pipeline: degree, data: (data * pipeline) / degree}),
    })),
    ...[microBatch * 2, ...half(microBatch)].map(size => ({
      field: 'microBatch' as const,
      layout: {...layout, microBatch: size},
    })),
    ...(pipeline > 1 ? [virtualStages * 2, ...half(virtualStages)] : []).map(stages => ({
      field: 'virtualStages' as const,
      layout: withSchedule({...layout, virtualStages: stages}),
    })),
    ...(['none', 'selective', 'full'] as const)
      .filter(choice => choice !== layout.recompute)
      .map(recompute => ({field: 'recompute' as const, layout: {...layout, recompute}})),
  ].filter(({layout: {data: ranks}}) => Number.isInteger(ranks));
}

function withTensor(layout: Layout, tensor: number): Changed {
  return {
    field: 'tensor',
    layout: {
      ...layout,
      tensor,
      data: (layout.data * layout.tensor) / tensor,
      expertTensor: layout.expert > 1 ? layout.expertTensor : tensor,
      sequenceParallel: layout.sequenceParallel && tensor > 1,
    },
  };
}

/** Virtual stages need a pipeline and the interleaved schedule; one of each needs neither. */
function withSchedule(layout: Layout): Layout {
  const virtualStages = layout.pipeline === 1 ? 1 : layout.virtualStages;
  if (virtualStages > 1) return {...layout, virtualStages, schedule: 'interleaved'};
  return {...layout, virtualStages, schedule: layout.schedule === 'interleaved' ? '1f1b' : layout.schedule};
}
