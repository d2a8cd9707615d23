import type {HardwareProfile} from '../cluster/hardware-profile.js';
import {makeCluster} from '../cluster/make-cluster.js';
import {devicesPerNode} from '../cluster/topology.js';
import {keptGradientBytes} from '../cost/workload/number-formats.js';
import {outerStateOnDevice} from '../diloco/outer-state.js';
import type {SoftwareStack} from '../frameworks/stack.js';
import {evenRatios, roundBatch} from '../layout/even-ratios.js';
import {layoutFieldNames, layoutFields, narrowableFields} from '../layout/fields.js';
import type {Layout} from '../layout/layout.js';
import type {Transformer} from '../model/transformer.js';
import {
  type Diloco,
  type Goal,
  type LossChoice,
  type Narrowed,
  type NarrowedValues,
  numReplicas,
  type Plan,
  type PlanDefault,
} from '../plan/plan.js';
import type {DilocoChoices, Scaling} from '../plan/scaling.js';
import type {RampStage, Training} from '../plan/training.js';
import {bytesPerSecond, flop, seconds, usd} from '../units/quantities.js';
import {makeOperation, operationDefaults} from './make-operation.js';
import type {PlanFields} from './schema/plan-schema.js';

/** What a plan names, read. */
export interface PlanParts {
  readonly model: Transformer;
  readonly hardware: HardwareProfile;
  readonly software: SoftwareStack;
  readonly name: string;
  readonly loss: LossChoice | null;
  /** What its file left to be rounded, as sentences. */
  readonly assumptions: readonly string[];
}

/** Fields of a plan without findings, its model and its machine, as the record that answers are computed from. */
export function makePlan(fields: PlanFields, parts: PlanParts): Plan {
  const {model, hardware, software, name, loss, assumptions} = parts;
  const diloco = makeDiloco(fields.diloco);
  const replicas = numReplicas({diloco});
  const devices = numDevices(fields.cluster, hardware) / replicas;
  return {
    name,
    model,
    cluster: makeCluster(hardware, software, devices),
    training: {
      ...makeTraining(fields.training, replicas),
      ...(diloco === null ? {} : {outerStateBytes: outerStateOnDevice(diloco)}),
    },
    pins: makePins(fields.layout),
    narrowed: makeNarrowed(fields.search),
    goal: makeGoal(fields.goal),
    diloco,
    loss,
    scaling: makeScaling(fields.scaling),
    dilocoChoices: makeDilocoChoices(fields.search?.diloco, diloco),
    operation: makeOperation(fields, hardware),
    defaults: [...planDefaults(fields, model, software), ...operationDefaults(fields, hardware)],
    assumptions,
  };
}

export function numDevices({devices, nodes}: PlanFields['cluster'], {topology}: HardwareProfile): number {
  return devices ?? (nodes ?? 0) * devicesPerNode(topology);
}

function makeTraining(fields: PlanFields['training'], replicas: number): Training {
  return {
    tokens: fields.tokens,
    ...(fields.unique_tokens === undefined ? {} : {uniqueTokens: fields.unique_tokens}),
    sequenceLength: fields.sequence_length,
    globalBatch: fields.global_batch / replicas,
    ...(fields.batch_ramp === undefined ? {} : {batchRamp: makeRamp(fields.batch_ramp, replicas)}),
    precision: fields.precision ?? defaultPrecision,
    optimizer: fields.optimizer ?? defaultOptimizer,
    attentionKernel: fields.attention_kernel ?? null,
    expertImbalance: fields.expert_imbalance ?? 1,
    gradientBytes: fields.gradient_bits === undefined ? null : fields.gradient_bits === 16 ? 2 : 4,
  };
}

function makeRamp(
  stages: NonNullable<PlanFields['training']['batch_ramp']>,
  replicas: number,
): readonly RampStage[] {
  return stages.map(({until, global_batch}) => ({until, globalBatch: global_batch / replicas}));
}

/** What the plan leaves out of its cluster and training sections and its step depends on. */
function planDefaults(
  {cluster, training}: PlanFields,
  {experts}: Transformer,
  software: SoftwareStack,
): readonly PlanDefault[] {
  const ours = (path: string, value: unknown) => ({path, value, from: 'walltime'});
  const theirs = (path: string, value: unknown) => ({path, value, from: software.framework});
  return [
    ...(cluster.software === undefined ? [ours('cluster.software', software.name)] : []),
    ...(training.precision === undefined ? [ours('training.precision', defaultPrecision)] : []),
    ...(training.optimizer === undefined ? [ours('training.optimizer', defaultOptimizer)] : []),
    ...(training.attention_kernel === undefined
      ? [theirs('training.attention_kernel', software.attentionKernel)]
      : []),
    ...(training.gradient_bits === undefined
      ? [
          theirs(
            'training.gradient_bits',
            8 *
              keptGradientBytes(
                {precision: training.precision ?? defaultPrecision, gradientBytes: null},
                software,
              ),
          ),
        ]
      : []),
    ...(training.expert_imbalance === undefined && experts !== null
      ? [ours('training.expert_imbalance', 1)]
      : []),
  ];
}

const defaultPrecision = 'bf16';
const defaultOptimizer = 'adam';

type LayoutFields = NonNullable<PlanFields['layout']>;

/** What the layout section states, by field of the record. */
function makePins(fields: LayoutFields | undefined): Partial<Layout> {
  if (fields === undefined) return {};
  const stated = layoutFieldNames.flatMap(name => {
    const value = valueAt(fields, layoutFields[name].key.split('.'));
    return value === undefined ? [] : [[name, value] as const];
  });
  const asyncTensor = fields.overlap?.tensor;
  return {...Object.fromEntries(stated), ...(asyncTensor === undefined ? {} : {asyncTensor})};
}

function valueAt(fields: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], fields);
}

function makeNarrowed(fields: PlanFields['search']): Narrowed {
  if (fields === undefined) return {};
  const values = (given: (typeof fields)['tensor']): NarrowedValues | undefined =>
    given === undefined || Array.isArray(given)
      ? given
      : {min: given.min ?? 1, max: given.max ?? Number.POSITIVE_INFINITY};
  const stated = narrowableFields.flatMap(name => {
    const narrowed = values(fields[layoutFields[name].key]);
    return narrowed === undefined ? [] : [[name, narrowed] as const];
  });
  return Object.fromEntries(stated);
}

function makeGoal(fields: PlanFields['goal']): Goal {
  return {
    minimize: fields?.minimize ?? 'time',
    deadline: fields?.deadline === undefined ? null : seconds(fields.deadline),
    budget: fields?.budget === undefined ? null : usd(fields.budget),
    loss: fields?.loss ?? null,
  };
}

function makeDiloco(fields: PlanFields['diloco']): Diloco | null {
  if (fields === undefined) return null;
  const {link} = fields;
  return {
    replicas: fields.replicas,
    innerSteps: fields.inner_steps,
    fragments: fields.fragments ?? 1,
    overlapSteps: fields.overlap_steps ?? 0,
    outerBits: fields.outer_bits ?? 32,
    link:
      link === undefined ? null : {bandwidth: bytesPerSecond(link.bandwidth), latency: seconds(link.latency)},
  };
}

/** Numbers of values of spreads that state no count. */
const defaultCount = {parameters: 40, globalBatch: 20};

function makeScaling(fields: PlanFields['scaling']): Scaling | null {
  if (fields === undefined) return null;
  return {
    parameters: spreadValues(fields.parameters, defaultCount.parameters),
    globalBatch: batchValues(fields.global_batch),
    hiddenPerLayer: fields.hidden_per_layer ?? null,
    flop: fields.flop === undefined ? null : flop(fields.flop),
    inferenceTokens: fields.inference_tokens ?? null,
  };
}

type Spread = NonNullable<PlanFields['scaling']>['parameters'];

function spreadValues(spread: Spread, usual: number): readonly number[] | null {
  if (spread === undefined) return null;
  return 'from' in spread ? evenRatios({...spread, count: spread.count ?? usual}) : spread;
}

/** What is stated stays as it is. */
function batchValues(spread: Spread): readonly number[] | null {
  const values = spreadValues(spread, defaultCount.globalBatch);
  return Array.isArray(spread) || values === null ? values : values.map(roundBatch);
}

function makeDilocoChoices(
  fields: NonNullable<PlanFields['search']>['diloco'],
  stated: Diloco | null,
): DilocoChoices | null {
  if (fields === undefined) return null;
  return {
    replicas: fields.replicas ?? [stated?.replicas ?? 2],
    innerSteps: fields.inner_steps ?? [stated?.innerSteps ?? 100],
    fragments: fields.fragments ?? [stated?.fragments ?? 1],
  };
}
