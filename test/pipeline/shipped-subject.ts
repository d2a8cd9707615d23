import type {HardwareProfile} from '../../src/cluster/hardware-profile.js';
import {makeCluster} from '../../src/cluster/make-cluster.js';
import {hasPrecision} from '../../src/cost/kernels/device.js';
import {withDefaults} from '../../src/frameworks/complete-layout.js';
import {problemsOf} from '../../src/frameworks/problems.js';
import {type Layout, scheduleNames, shardings} from '../../src/layout/layout.js';
import type {Transformer} from '../../src/model/transformer.js';
import type {StepSubject} from '../../src/pipeline/estimate.js';
import type {Training} from '../../src/plan/training.js';
import {listHardware, listModels, readHardware, readModel} from '../../src/plan-file/library/library.js';

/** Every machine and every model of the package. */
export interface Shipped {
  readonly profiles: readonly HardwareProfile[];
  readonly models: readonly Transformer[];
}

export async function readShipped(): Promise<Shipped> {
  const profiles = await Promise.all(listHardware().map(name => readHardware(name)));
  const models = await Promise.all(listModels().map(name => readModel(name)));
  return {
    profiles: profiles.map(read => {
      if ('problems' in read) throw new Error(JSON.stringify(read.problems));
      return read.profile;
    }),
    models: models.map(read => {
      if ('problems' in read) throw new Error(JSON.stringify(read.problems));
      return read.profile.model;
    }),
  };
}

/** A step by the words of a plan: what a failing draw is kept as. */
export interface DrawnStep {
  readonly hardware: string;
  readonly devices: number;
  readonly software: string;
  readonly model: string;
  readonly training: Pick<Training, 'sequenceLength' | 'globalBatch' | 'precision'>;
  readonly layout: Partial<Layout>;
}

/** Numbers between 0 and 1 that depend on the seed alone (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A step of any model in any layout under any framework on any machine; it may be one that none runs. */
export function drawStep({profiles, models}: Shipped, random: () => number): DrawnStep {
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)] as Value;
  const power = (most: number) => 2 ** Math.floor(random() * (most + 1));
  const profile = pick(profiles);
  const tensor = power(4);
  const pipeline = random() < 0.5 ? 1 : power(4);
  const context = random() < 0.8 ? 1 : power(3);
  const data = power(10);
  const microBatch = power(3);
  const schedule = pipeline === 1 ? '1f1b' : pick(scheduleNames);
  const virtualStages = schedule === 'interleaved' ? 2 * power(1) : 1;
  return {
    hardware: profile.name,
    devices: tensor * pipeline * context * data,
    software: pick(Object.keys(profile.software)),
    model: pick(models).name,
    training: {
      sequenceLength: 128 * power(9),
      globalBatch: data * microBatch * power(5),
      precision: pick(['bf16', 'fp16', 'fp8'] as const),
    },
    layout: {
      tensor,
      pipeline,
      context,
      data,
      microBatch,
      schedule,
      virtualStages,
      expert: random() < 0.5 ? 1 : power(4),
      sequenceParallel: tensor > 1 && random() < 0.5,
      sharding: pick(shardings),
      recompute: pick(['none', 'selective', 'full'] as const),
      ...(random() < 0.5 ? {} : {overlapGradients: random() < 0.5, overlapParameters: random() < 0.5}),
    },
  };
}

/** What an estimate of the step is made for; null where the framework or the model cannot run it. */
export function subjectOf({profiles, models}: Shipped, drawn: DrawnStep): StepSubject | null {
  const profile = profiles.find(({name}) => name === drawn.hardware);
  const model = models.find(({name}) => name === drawn.model);
  const stack = profile?.software[drawn.software]?.stack;
  if (profile === undefined || model === undefined || stack === undefined) return null;
  const cluster = makeCluster(profile, stack, drawn.devices);
  const training: Training = {
    tokens: 1e9,
    optimizer: 'adam',
    attentionKernel: null,
    gradientBytes: null,
    expertImbalance: 1,
    ...drawn.training,
  };
  if (!hasPrecision(cluster, training.precision)) return null;
  const layout = withDefaults(drawn.layout, {model, training, cluster});
  return problemsOf(layout, {model, training, cluster}).length > 0
    ? null
    : {model, training, cluster, layout};
}
