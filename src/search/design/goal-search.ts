import {allocatedBytes} from '../../cost/memory/memory.js';
import {noParts, passSeconds, stepSeconds} from '../../cost/step.js';
import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../layout/plan.js';
import {fixedOfStages} from '../../pipeline/chunk-work.js';
import {estimateStep} from '../../pipeline/estimate.js';
import {boundarySeconds} from '../../pipeline/layout-groups.js';
import {microbatchesInTurn} from '../../pipeline/schedules/microbatch-groups.js';
import {type PassParts, passParts, stepParts} from '../../pipeline/step-parts.js';
import type {Risk} from '../../units/band.js';
import {leastCompute, leastOfSlicing} from '../proof/least-of-slicing.js';
import {chosenLayout, fullestOf} from '../proof/misfits.js';
import {judgeOf, spacesOf} from '../proof/proven-space.js';
import {belowRounding, type Judge, type Kept, type StageVisit} from '../proof/visit.js';
import {boundOfMesh, type LayerOfMesh, layersOfMesh, riskFactor} from '../proof/visit-mesh.js';
import {keepFor} from '../proof/visit-slicing.js';
import type {Shard} from '../search-result.js';
import type {MeshSpace} from '../space/mesh-space.js';
import type {Slicing} from '../space/slicing.js';
import {type MeshStates, meshStates, type OrderedStates} from '../tables/mesh-states.js';
import {searchTables} from '../tables/search-tables.js';
import {type GoalBest, goalBest} from './goal-best.js';
import {type GoalMeasure, goalMeasure} from './goal-measure.js';

/** The search for what a goal other than time prefers, mesh by mesh. */
export interface GoalSearch {
  /** Looks at one more mesh. @returns whether all were looked at */
  advance(): boolean;
  /** Of what was looked at: the best within the limits; where none is, the best without them. */
  layouts(): readonly Layout[];
}

/**
 * Starts one; null where the fastest layout is the answer.
 *
 * @param seed a layout that fits, the fastest at best
 */
export function goalSearch(
  plan: Plan,
  risk: Risk,
  {index, of}: Shard,
  seed: Layout | null,
): GoalSearch | null {
  const measure = goalMeasure(plan);
  const tables = measure === null ? null : searchTables(plan);
  if (measure === null || tables === null) return null;
  const judge = judgeOf(plan, {risk}, tables);
  const spaces = spacesOf(plan)
    .map(space => ({space, bound: boundOfMesh(judge, space)}))
    .sort((a, b) => a.bound - b.bound)
    .filter((_, place) => place % of === index);
  const best = goalBest(plan, risk);
  if (seed !== null) takeSeed(plan, judge, measure, best, seed);
  let next = 0;
  return {
    advance() {
      const mesh = spaces[next];
      if (mesh === undefined) return true;
      next += 1;
      visitMesh({plan, judge, measure, best, space: mesh.space, states: meshStates(tables, mesh.space)});
      return next === spaces.length;
    },
    layouts: () => best.layouts(),
  };
}

function takeSeed(plan: Plan, judge: Judge, measure: GoalMeasure, best: GoalBest, layout: Layout): void {
  const estimate = estimateStep({...plan, layout});
  if (estimate?.memory.fits !== true) return;
  const {peakBytes, outsideBytes} = estimate.memory;
  const factor = riskFactor(judge, layout, layout.microBatch);
  best.take({
    layout,
    peakBytes,
    seconds: factor * stepSeconds(estimate.parts),
    figure: measure.of(estimate.parts, peakBytes + outsideBytes),
  });
}

interface GoalVisit {
  readonly plan: Plan;
  readonly judge: Judge;
  readonly measure: GoalMeasure;
  readonly best: GoalBest;
  readonly space: MeshSpace;
  readonly states: MeshStates;
}

function visitMesh(visit: GoalVisit): void {
  const {judge, space} = visit;
  for (const known of layersOfMesh(judge, space)) {
    for (const microBatch of space.microBatches) {
      for (const slicing of space.slicings(microBatch)) visitSlicing(visit, known, microBatch, slicing);
    }
  }
}

/** One slicing with one micro-batch through one way to run layers. */
interface GoalSlicing extends GoalVisit, StageVisit {
  readonly known: LayerOfMesh;
  readonly microBatch: number;
  readonly factor: number;
}

function visitSlicing(visit: GoalVisit, known: LayerOfMesh, microBatch: number, slicing: Slicing): void {
  const {judge, space, best, measure} = visit;
  const {device, model, cluster} = judge.tables;
  const numMicrobatches = space.numMicrobatches(microBatch);
  const factor = riskFactor(judge, space.mesh, microBatch);
  const {stepOverhead} = cluster.software;
  const isWorse = (seconds: number, compute: number) => {
    const least = (seconds + stepOverhead) * belowRounding;
    return best.excludes(factor * least, measure.least(least, compute * belowRounding));
  };
  const {alike, table} = known;
  const share = microBatch / judge.sequencesOfBound;
  const least = share * leastOfSlicing(alike.seconds, slicing, numMicrobatches);
  if (isWorse(least, share * leastCompute(alike.seconds, slicing, numMicrobatches))) return;
  const entry = table(microBatch);
  const compute = leastCompute(entry.seconds, slicing, numMicrobatches);
  if (isWorse(leastOfSlicing(entry.seconds, slicing, numMicrobatches), compute)) return;
  const own = visit.states.of(slicing);
  const fixed = fixedOfStages(device, model, slicing, entry.pieces, slicing.stages);
  const sliced: GoalSlicing = {
    plan: visit.plan,
    judge,
    measure,
    best,
    space,
    states: visit.states,
    known,
    microBatch,
    factor,
    entry,
    numMicrobatches,
    slicing,
    fixed,
    own,
  };
  for (const recompute of slicing.recomputes) {
    const kept = keepFor(sliced, recompute);
    if (kept.leastBytes <= judge.usableBytes) visitKept(sliced, kept);
  }
}

function visitKept(visit: GoalSlicing, kept: Kept): void {
  const {judge, measure, best, entry, slicing, own, numMicrobatches, factor} = visit;
  const {device, model, cluster} = judge.tables;
  if (best.excludes(0, measure.of(noParts, kept.leastBytes))) return;
  const passes = entry.chunks.passes(slicing.stages, kept.recompute);
  for (const order of own.orders) {
    const parts = passParts(cluster.software, {
      layout: slicing,
      passes,
      numMicrobatches,
      boundarySeconds: boundarySeconds(device, model, order.pipeline, entry.pieces, cluster.software),
    });
    const seconds = factor * (passSeconds(parts) + cluster.software.stepOverhead) * belowRounding;
    const figure = measure.of({...noParts, ...parts}, kept.leastBytes) * belowRounding;
    if (!best.excludes(seconds, figure)) visitStates(visit, kept, order, {passes, parts, seconds});
  }
}

interface Passed {
  readonly passes: ReturnType<StageVisit['entry']['chunks']['passes']>;
  readonly parts: PassParts;
  /** Below the step, as it is ranked. */
  readonly seconds: number;
}

function visitStates(visit: GoalSlicing, kept: Kept, order: OrderedStates, passed: Passed): void {
  const {judge, measure, best, slicing, numMicrobatches, factor} = visit;
  const {cluster} = judge.tables;
  const outsideBytes = visit.states.outsideBytes();
  const {passes, parts} = passed;
  for (const chosen of order.chosen) {
    const peakBytes = allocatedBytes(fullestOf(visit, kept.activations, chosen));
    if (peakBytes > judge.usableBytes - outsideBytes) continue;
    const neededBytes = peakBytes + outsideBytes;
    if (best.excludes(passed.seconds, measure.of(noParts, neededBytes))) continue;
    const step = stepParts(
      {
        cluster,
        layout: chosen.choice,
        passes,
        updates: chosen.updates(),
        activations: kept.activations,
        numMicrobatches,
        microbatchesInTurn: microbatchesInTurn(slicing, numMicrobatches),
        tiedSeconds: order.tiedSeconds,
      },
      parts,
    );
    const seconds = factor * stepSeconds(step);
    const figure = measure.of(step, neededBytes);
    if (best.excludes(seconds, figure)) continue;
    const layout = chosenLayout({...visit, layer: visit.known.layer}, kept.recompute, order, chosen);
    best.take({layout, peakBytes, seconds, figure});
  }
}
