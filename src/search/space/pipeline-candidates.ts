import {divisors} from '../../layout/divisors.js';
import {serialLayout} from '../../layout/fields.js';
import {type Recompute, type ScheduleName, scheduleNames} from '../../layout/layout.js';
import {
  type PipelineChoice,
  type StageAssignment,
  stageAssignment,
} from '../../pipeline/stages/stage-classes.js';
import type {Plan} from '../../plan/plan.js';
import {choices} from './choices.js';
import {holds, type RulesByChoice} from './rules-by-choice.js';

/** A pipeline degree, virtual stages and schedule, with the stages that result and the choices of recomputation. */
export interface PipelineCandidate extends PipelineChoice {
  readonly stages: StageAssignment;
  readonly recomputes: readonly Recompute[];
}

/** Candidates by pipeline degree and number of micro-batches; each is made once. */
export function pipelineCandidates(
  plan: Plan,
  rules: RulesByChoice,
): (pipeline: number, microbatches: number) => readonly PipelineCandidate[] {
  const made = new Map<string, PipelineCandidate>();
  const lists = new Map<string, readonly PipelineCandidate[]>();
  const candidate = (choice: PipelineChoice): PipelineCandidate => {
    const key = `${choice.pipeline} ${choice.virtualStages} ${choice.schedule}`;
    const known = made.get(key) ?? makePipelineCandidate(plan, rules, choice);
    made.set(key, known);
    return known;
  };
  return (pipeline, microbatches) => {
    const key = `${pipeline} ${microbatches}`;
    const known = lists.get(key) ?? pipelineChoices(plan, rules, pipeline, microbatches).map(candidate);
    lists.set(key, known);
    return known;
  };
}

function makePipelineCandidate(plan: Plan, rules: RulesByChoice, choice: PipelineChoice): PipelineCandidate {
  const stages = stageAssignment(plan.model, choice, plan.cluster.software.stageBalance);
  const recomputes = recomputesOf(plan, stages).filter(recompute =>
    holds(rules.recompute, {...serialLayout, ...choice, recompute}, plan),
  );
  return {...choice, stages, recomputes};
}

/** Recomputing as many layers as the largest chunk has is full recomputation. */
function recomputesOf({pins, cluster}: Plan, {chunkKinds}: StageAssignment): readonly Recompute[] {
  if (pins.recompute !== undefined) return [pins.recompute];
  if (!cluster.software.supports.partialRecompute) return ['none', 'selective', 'full'];
  const most = Math.max(...chunkKinds.map(({layers}) => layers.reduce((sum, {count}) => sum + count, 0)));
  const partial = Array.from({length: Math.max(0, most - 1)}, (_, i) => ({layers: i + 1}));
  return ['none', 'selective', ...partial, 'full'];
}

/** Schedules and virtual stages that a pipeline can run with `microbatches` micro-batches. */
function pipelineChoices(
  plan: Plan,
  rules: RulesByChoice,
  pipeline: number,
  microbatches: number,
): readonly PipelineChoice[] {
  const {pins} = plan;
  const schedules = pins.schedule !== undefined ? [pins.schedule] : openSchedules(plan, pipeline);
  return schedules
    .flatMap(schedule =>
      virtualStages(plan, schedule, pipeline, microbatches).map(count => ({
        pipeline,
        schedule,
        virtualStages: count,
      })),
    )
    .filter(choice =>
      holds(
        rules.pipeline,
        {...serialLayout, ...choice, microBatch: plan.training.globalBatch / microbatches},
        plan,
      ),
    );
}

/** Those of the stack; and where the plan states what its stack lacks, the usual ones. */
function openSchedules({pins, cluster}: Plan, pipeline: number): readonly ScheduleName[] {
  if (pipeline === 1) return ['1f1b'];
  const supported = scheduleNames.filter(name => cluster.software.supports.schedules.includes(name));
  const stated = (pins.virtualStages ?? 1) > 1 ? (['interleaved'] as const) : (['1f1b'] as const);
  return supported.length === 0
    ? stated
    : [...new Set([...supported, ...(stated[0] === 'interleaved' ? stated : [])])];
}

/** Interleaving needs rounds as long as the pipeline, unless the plan states the virtual stages. */
function virtualStages(
  plan: Plan,
  schedule: ScheduleName,
  pipeline: number,
  microbatches: number,
): readonly number[] {
  const {model, pins} = plan;
  if (schedule !== 'interleaved') return choices(plan, 'virtualStages', [1]).filter(count => count === 1);
  const layers = Math.floor(model.numLayers / pipeline);
  const interleaves = pipeline > 1 && microbatches % pipeline === 0;
  const open = interleaves ? divisors(layers) : [1];
  // With one virtual stage it is 1F1B.
  const least = pins.schedule === 'interleaved' ? 1 : 2;
  return choices(plan, 'virtualStages', open).filter(
    count => count >= least && (count === 1 || pipeline > 1),
  );
}
