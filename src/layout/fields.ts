import {
  contextExchanges,
  defaultRankOrder,
  type Layout,
  offloads,
  scheduleNames,
  shardings,
} from './layout.js';

/**
 * What a field's value changes, in the order in which a search fixes them: the degrees of parallelism, how
 * layers run, the micro-batch, how the pipeline is cut and scheduled, what is recomputed, the order of
 * ranks, and where weights, gradients and optimizer states are kept.
 */
export type LayoutScope = 'degrees' | 'layer' | 'batch' | 'pipeline' | 'recompute' | 'order' | 'states';

/** Which values a field takes, from which the schema of the plan file is made. */
export type LayoutFieldKind =
  | {readonly kind: 'count'}
  | {readonly kind: 'flag'}
  | {readonly kind: 'word'; readonly words: readonly string[]}
  | {readonly kind: 'sharding-group'}
  | {readonly kind: 'recompute'}
  | {readonly kind: 'rank-order'};

/** One choice of a layout. */
export interface LayoutField<Value> {
  /** Key in the plan file, below `layout`; a dot goes into a group of keys. */
  readonly key: string;
  readonly values: LayoutFieldKind;
  /** Value of the layout without parallelism, where the choice makes no difference. */
  readonly neutral: Value;
  readonly scope: LayoutScope;
  /** Heading of its column in a table of layouts; absent: shown in words only. */
  readonly heading?: string;
  /** When a written plan states it: always, or where it differs from the neutral or from the framework's default. */
  readonly written: 'always' | 'unless-neutral' | 'unless-default';
  /** The search section of a plan may narrow its values. */
  readonly narrowable?: true;
  /** Among equally fast layouts the one with fewer unusual choices is taken; absent: no value is unusual. */
  readonly isUnusual?: (value: Value) => boolean;
  /** False where the rest of the layout leaves the choice without effect; absent: it always has one. */
  readonly hasEffect?: (layout: Layout) => boolean;
  /** Text of the plan file's schema. */
  readonly description?: string;
}

const count = {kind: 'count'} as const;
const flag = {kind: 'flag'} as const;
const word = (words: readonly string[]) => ({kind: 'word', words}) as const;

/** Every field of a layout, in the order in which plans are written. */
export const layoutFields = {
  tensor: {
    key: 'tensor',
    values: count,
    neutral: 1,
    scope: 'degrees',
    heading: 'tp',
    written: 'always',
    narrowable: true,
  },
  pipeline: {
    key: 'pipeline',
    values: count,
    neutral: 1,
    scope: 'degrees',
    heading: 'pp',
    written: 'always',
    narrowable: true,
  },
  data: {
    key: 'data',
    values: count,
    neutral: 1,
    scope: 'degrees',
    heading: 'dp',
    written: 'always',
    narrowable: true,
  },
  context: {
    key: 'context',
    values: count,
    neutral: 1,
    scope: 'degrees',
    heading: 'cp',
    written: 'unless-neutral',
    narrowable: true,
  },
  expert: {
    key: 'expert',
    values: count,
    neutral: 1,
    scope: 'degrees',
    heading: 'ep',
    written: 'unless-neutral',
    narrowable: true,
  },
  expertTensor: {
    key: 'expert_tensor',
    values: count,
    neutral: 1,
    scope: 'degrees',
    heading: 'etp',
    written: 'unless-default',
    hasEffect: ({expert, tensor}) => expert > 1 || tensor > 1,
    description: "tensor degree inside an expert; absent: the framework's default",
  },
  sequenceParallel: {
    key: 'sequence_parallel',
    values: flag,
    neutral: false,
    scope: 'layer',
    heading: 'sp',
    written: 'always',
    hasEffect: ({tensor}) => tensor > 1,
  },
  sharding: {
    key: 'sharding',
    values: word(shardings),
    neutral: 'none',
    scope: 'states',
    heading: 'ZeRO',
    written: 'always',
    hasEffect: ({data, context}) => data * context > 1,
    description: 'ZeRO 0 to 3; parameters is FSDP',
  },
  shardingGroup: {
    key: 'sharding_group',
    values: {kind: 'sharding-group'},
    neutral: 'all',
    scope: 'states',
    heading: 'group',
    written: 'unless-neutral',
    isUnusual: group => group !== 'all',
    hasEffect: ({sharding, data, context}) => sharding !== 'none' && data * context > 1,
    description: 'ranks that one copy of the sharded state is spread over',
  },
  microBatch: {
    key: 'micro_batch',
    values: count,
    neutral: 1,
    scope: 'batch',
    heading: 'mbs',
    written: 'always',
    narrowable: true,
  },
  schedule: {
    key: 'schedule',
    values: word(scheduleNames),
    neutral: '1f1b',
    scope: 'pipeline',
    heading: 'schedule',
    written: 'always',
    isUnusual: schedule => schedule !== '1f1b' && schedule !== 'interleaved',
    hasEffect: ({pipeline}) => pipeline > 1,
  },
  virtualStages: {
    key: 'virtual_stages',
    values: count,
    neutral: 1,
    scope: 'pipeline',
    heading: 'vpp',
    written: 'unless-neutral',
    hasEffect: ({pipeline}) => pipeline > 1,
    narrowable: true,
  },
  recompute: {
    key: 'recompute',
    values: {kind: 'recompute'},
    neutral: 'none',
    scope: 'recompute',
    heading: 'recompute',
    written: 'always',
    isUnusual: recompute => typeof recompute === 'object',
  },
  offload: {
    key: 'offload',
    values: word(offloads),
    neutral: 'none',
    scope: 'states',
    heading: 'offload',
    written: 'unless-neutral',
    isUnusual: offload => offload !== 'none',
  },
  asyncTensor: {
    key: 'async_tensor',
    values: flag,
    neutral: false,
    scope: 'layer',
    heading: 'async tp',
    written: 'unless-neutral',
    isUnusual: isAsync => isAsync,
    hasEffect: ({tensor}) => tensor > 1,
    description: 'tensor-parallel communication overlapped with the products that it feeds',
  },
  overlapGradients: {
    key: 'overlap.gradients',
    values: flag,
    neutral: false,
    scope: 'states',
    written: 'unless-neutral',
    hasEffect: ({data, context}) => data * context > 1,
    description: 'gradients are reduced beside the backward pass; absent: as the framework does by default',
  },
  overlapParameters: {
    key: 'overlap.parameters',
    values: flag,
    neutral: false,
    scope: 'states',
    written: 'unless-neutral',
    hasEffect: ({sharding, data, context}) => sharding !== 'none' && data * context > 1,
    description: 'weights are gathered beside compute; absent: as the framework does by default',
  },
  contextExchange: {
    key: 'context_exchange',
    values: word(contextExchanges),
    neutral: 'all-gather',
    scope: 'layer',
    heading: 'cp by',
    written: 'unless-neutral',
    isUnusual: exchange => exchange !== 'all-gather',
    hasEffect: ({context}) => context > 1,
    description: "how context ranks exchange keys and values; absent: the framework's default",
  },
  causalBalancing: {
    key: 'causal_balancing',
    values: flag,
    neutral: true,
    scope: 'layer',
    heading: 'balanced',
    written: 'unless-neutral',
    isUnusual: isBalanced => !isBalanced,
    hasEffect: ({context}) => context > 1,
    description: 'context ranks take early and late parts of the sequence; absent: true',
  },
  rankOrder: {
    key: 'rank_order',
    values: {kind: 'rank-order'},
    neutral: defaultRankOrder,
    scope: 'order',
    written: 'unless-default',
    isUnusual: order => order.some((dimension, place) => dimension !== defaultRankOrder[place]),
    hasEffect: ({pipeline, data}) => pipeline > 1 && data > 1,
    description: 'fastest first; each dimension once',
  },
} as const satisfies {readonly [Field in keyof Layout]: LayoutField<Layout[Field]>};

export type LayoutFieldName = keyof typeof layoutFields;

/** Names of the fields of a layout, in the order in which plans are written. */
export const layoutFieldNames = Object.keys(layoutFields) as readonly LayoutFieldName[];

/** Place of a field in a plan file. */
export function planPath(name: LayoutFieldName): readonly string[] {
  return ['layout', ...layoutFields[name].key.split('.')];
}

/** A field whose values the search section of a plan may narrow. */
export type NarrowableField = {
  [Field in LayoutFieldName]: (typeof layoutFields)[Field] extends {narrowable: true} ? Field : never;
}[LayoutFieldName];

export const narrowableFields = layoutFieldNames.filter(
  (name): name is NarrowableField => fieldNamed(name).narrowable === true,
);

/** The field as any field: what it holds is known to the caller. */
export function fieldNamed(name: LayoutFieldName): LayoutField<Layout[LayoutFieldName]> {
  return layoutFields[name] as unknown as LayoutField<Layout[LayoutFieldName]>;
}

/** One device: every degree 1, no sharding, no recomputation. */
export const serialLayout: Layout = Object.fromEntries(
  layoutFieldNames.map(name => [name, layoutFields[name].neutral]),
) as unknown as Layout;

/** False where the rest of the layout leaves the field without effect. */
export function hasEffect(layout: Layout, name: LayoutFieldName): boolean {
  return fieldNamed(name).hasEffect?.(layout) ?? true;
}

/** Number of choices that most runs do without. */
export function unusualChoices(layout: Layout): number {
  let count = 0;
  for (const name of layoutFieldNames) if (fieldNamed(name).isUnusual?.(layout[name]) === true) count += 1;
  return count;
}

/** Names of the fields of these scopes. */
export function fieldsOfScopes(...scopes: readonly LayoutScope[]): readonly LayoutFieldName[] {
  return layoutFieldNames.filter(name => scopes.includes(layoutFields[name].scope));
}
