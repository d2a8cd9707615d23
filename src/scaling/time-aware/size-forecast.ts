import type {Layout} from '../../layout/layout.js';
import {numReplicas, type Plan} from '../../plan/plan.js';
import type {Degrees} from '../../search/space/degrees.js';
import {withOneLaw} from '../loss/plan-law.js';
import {planLoss} from '../loss/plan-loss.js';
import {type PlannedSpeed, planOf, tokensWithin} from './candidate.js';
import {modelTemplate} from './model-template.js';
import {degreesOf, speedWithDegrees} from './speeds/likely-speed.js';
import {distinctSizes} from './speeds/speed-table.js';
import {defaultSizes} from './surface/default-spreads.js';

/** Best model size for a training run of `seconds`. */
export interface SizeAtMoment {
  /** Wall-clock of the training with failures and pauses, seconds. */
  readonly seconds: number;
  readonly parameters: number;
  readonly tokens: number;
  /** In the unit of the plan's law. */
  readonly loss: number;
  /** Speed of that model, with its layout. */
  readonly speed: PlannedSpeed;
}

/** A forecast that is worked out in small parts, so that whoever asks never waits for long. */
export interface SizeForecast {
  /** Plans up to `maxUnits` more pairs of a size and a split of the devices. @returns whether all are planned */
  advance(maxUnits: number): boolean;
  progress(): {readonly done: number; readonly total: number};
  /** By moment, of what is planned so far; a moment at which no size fits or ends a step is left out. */
  result(): readonly SizeAtMoment[];
}

/** Sizes are a third apart: coarse against `lossSurface`, but fine for a curve that is flat at its best. */
const numSizes = 17;

/**
 * The best model size for each of several lengths of a training run, the rest of the plan as it is: what the plan
 * would better train instead by its deadline.
 *
 * Sizes are those around the compute-optimal one, of the plan's own shape and at its own batch. Each is planned
 * with the degrees of `like` and with half and twice as many tensor ranks and stages, not over all layouts: the
 * loss is one that can be had, the least one may be a little lower. What the plan pins of its layout belongs to
 * its own model and is left open. One part takes some milliseconds.
 *
 * @param asked a plan whose deadline does not matter here
 * @param like the layout that is best for the plan's own model
 * @param moments seconds
 */
export function startSizeForecast(asked: Plan, like: Layout, moments: readonly number[]): SizeForecast {
  const plan = withOneLaw(asked);
  const last = {seconds: Math.max(...moments), flop: Infinity};
  const sizes = distinctSizes(modelTemplate(plan.model, null), defaultSizes(plan, last, numSizes));
  const degrees = degreesNear(plan, like);
  const batch = plan.training.globalBatch * numReplicas(plan);
  const fastest: (PlannedSpeed | null)[] = sizes.map(() => null);
  const total = sizes.length * degrees.length;
  let done = 0;
  const planNext = () => {
    const size = Math.floor(done / degrees.length);
    const model = sizes[size]?.model;
    const split = degrees[done % degrees.length];
    if (model === undefined || split === undefined) throw new Error('a forecast ends with its last size');
    const speed = speedWithDegrees({...planOf(plan, model, batch), pins: {}}, split);
    if (speed !== null && speed.tokensPerSecond > (fastest[size]?.tokensPerSecond ?? 0))
      fastest[size] = speed;
    done += 1;
  };
  return {
    advance(maxUnits) {
      for (let unit = 0; unit < maxUnits && done < total; unit += 1) planNext();
      return done === total;
    },
    progress: () => ({done, total}),
    result: () =>
      moments.flatMap(seconds => {
        const reached = fastest.flatMap((speed, size) =>
          speed === null ? [] : trainedFor(speed, sizes[size]?.parameters ?? 0, seconds),
        );
        const [first, ...others] = reached;
        return first === undefined ? [] : [others.reduce((a, b) => (b.loss < a.loss ? b : a), first)];
      }),
  };
}

function trainedFor(speed: PlannedSpeed, parameters: number, seconds: number): SizeAtMoment[] {
  const tokens = tokensWithin(speed.plan, speed.tokensPerSecond, {seconds, flop: Infinity});
  if (tokens === 0) return [];
  return [{seconds, parameters, tokens, loss: planLoss(speed.plan, tokens).value, speed}];
}

const factors = [1, 2, 1 / 2];

/** Splits of the devices close to that of a layout, its own first. */
function degreesNear({cluster}: Plan, like: Layout): Degrees[] {
  const own = degreesOf(like);
  const isTensorExpert = own.expertTensor === own.tensor;
  return factors.flatMap(ofTensor =>
    factors.flatMap(ofPipeline => {
      const tensor = own.tensor * ofTensor;
      const pipeline = own.pipeline * ofPipeline;
      const data = cluster.numDevices / (tensor * pipeline * own.context);
      if (![tensor, pipeline, data].every(Number.isInteger)) return [];
      return [{...own, tensor, pipeline, data, expertTensor: isTensorExpert ? tensor : own.expertTensor}];
    }),
  );
}
