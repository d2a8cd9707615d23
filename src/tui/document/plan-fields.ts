import {precisions} from '../../cluster/accelerator.js';
import {minimizable} from '../../plan/plan.js';
import {optimizers} from '../../plan/training.js';
import type {PlanChange, PlanDocument} from './plan-document.js';
import {type Series, stepValue} from './step-value.js';

/** A value of the plan that is edited in place. */
export interface PlanField {
  readonly key: string;
  readonly path: readonly string[];
  readonly input: FieldInput;
  /** Shown if the plan does not state the value. */
  readonly absent: string;
  /** True if an empty line separates it from the field above. */
  readonly startsGroup?: boolean;
}

/** How a field is edited: chosen from a list, cycled through words, or typed with its unit. */
export type FieldInput =
  | {readonly kind: 'list'; readonly of: NameList}
  | {
      readonly kind: 'words';
      /** @param precisions number formats of the device; null: not known yet */
      readonly words: (precisions: readonly string[] | null) => readonly string[];
    }
  | {readonly kind: 'amount'; readonly series: Series; readonly example: string};

export type NameList = 'model' | 'hardware' | 'software';

const amount = (series: Series, example: string): FieldInput => ({kind: 'amount', series, example});

/** Shown for a value that a plan needs but does not state. */
const required = '—';

/** The fields in the order in which they are shown. */
export const planFields: readonly PlanField[] = [
  {key: 'model', path: ['model'], input: {kind: 'list', of: 'model'}, absent: required},
  {key: 'hardware', path: ['cluster', 'hardware'], input: {kind: 'list', of: 'hardware'}, absent: required},
  {
    key: 'nodes',
    path: ['cluster', 'nodes'],
    input: amount('doubling', '16 or 128 devices'),
    absent: required,
  },
  {key: 'software', path: ['cluster', 'software'], input: {kind: 'list', of: 'software'}, absent: 'generic'},
  {key: 'price', path: ['cluster', 'price'], input: amount('decades', '$2.5/hour'), absent: "profile's"},
  {
    key: 'tokens',
    path: ['training', 'tokens'],
    input: amount('decades', '300 B'),
    absent: required,
    startsGroup: true,
  },
  {
    key: 'sequence',
    path: ['training', 'sequence_length'],
    input: amount('doubling', '4096'),
    absent: required,
  },
  {key: 'batch', path: ['training', 'global_batch'], input: amount('doubling', '1024'), absent: required},
  {
    key: 'precision',
    path: ['training', 'precision'],
    input: {kind: 'words', words: device => device ?? precisions},
    absent: 'bf16',
  },
  {
    key: 'optimizer',
    path: ['training', 'optimizer'],
    input: {kind: 'words', words: () => optimizers},
    absent: 'adam',
  },
  {key: 'replicas', path: ['diloco', 'replicas'], input: amount('doubling', '4 (DiLoCo)'), absent: '1'},
  {
    key: 'goal',
    path: ['goal', 'minimize'],
    input: {kind: 'words', words: () => minimizable},
    absent: 'time',
    startsGroup: true,
  },
  {key: 'deadline', path: ['goal', 'deadline'], input: amount('decades', '30 days'), absent: 'none'},
  {key: 'budget', path: ['goal', 'budget'], input: amount('decades', '2e6 USD'), absent: 'none'},
];

/** The field with the path that the plan uses: its size is stated in nodes or in devices. */
export function fieldIn(field: PlanField, {at}: PlanDocument): PlanField {
  if (field.key !== 'nodes' || at(['cluster', 'devices']) === null) return field;
  return {...field, path: ['cluster', 'devices']};
}

/** Name that is shown: the key, or the unit in which the plan states its size. */
export function labelOf({key, path}: PlanField): string {
  return path[1] === 'devices' ? 'devices' : key;
}

/** True if a plan cannot do without the value. */
export function isRequired({absent}: PlanField): boolean {
  return absent === required;
}

/** Changes of the plan that a typed value makes. An empty value removes the key of an optional field. */
export function changesOf(field: PlanField, typed: string, document: PlanDocument): readonly PlanChange[] {
  const text = typed.trim();
  if (text === '' && isRequired(field)) return [];
  if (field.key === 'nodes') return sizeChanges(field, text);
  if (field.key === 'replicas') return replicaChanges(text, document);
  return [{path: field.path, value: text === '' ? undefined : planValue(text)}];
}

/** A count, then perhaps a unit: `64`, `1e3`, `64 nodes`, `512 gpus`. */
const sizePattern = /^(.*?)\s*(nodes?|devices?|gpus?)?$/i;

/** Changes to the size of the cluster. A unit decides between nodes and devices; without one the key stays. */
function sizeChanges(field: PlanField, text: string): readonly PlanChange[] {
  const [, count = text, word = ''] = sizePattern.exec(text) ?? [];
  const key = word === '' ? (field.path[1] ?? 'nodes') : /^n/i.test(word) ? 'nodes' : 'devices';
  const other = key === 'nodes' ? 'devices' : 'nodes';
  return [
    {path: ['cluster', other], value: undefined},
    {path: ['cluster', key], value: planValue(count)},
  ];
}

/** Inner steps between two synchronisations of a plan that turns to DiLoCo. */
export const defaultInnerSteps = 100;

/** Changes to the number of replicas. One replica is ordinary data parallelism, without a `diloco` section. */
function replicaChanges(text: string, {at}: PlanDocument): readonly PlanChange[] {
  if (text === '' || text === '1') return [{path: ['diloco'], value: undefined}];
  const statesSteps = at(['diloco', 'inner_steps']) !== null;
  return [
    {path: ['diloco', 'replicas'], value: planValue(text)},
    ...(statesSteps ? [] : [{path: ['diloco', 'inner_steps'], value: defaultInnerSteps}]),
  ];
}

/** A bare number as a number, an amount with a unit as text. */
function planValue(text: string): string | number {
  const digits = text.replaceAll(/(?<=\d),(?=\d{3})/g, '');
  return /^\d+(\.\d+)?(e\+?\d+)?$/i.test(digits) ? Number(digits) : text;
}

/**
 * The value one arrow key further; null if there is none.
 *
 * @param shown the value that the plan states; null: none
 * @param precisions number formats of the device; null: not known yet
 */
export function steppedValue(
  {input, absent, key}: PlanField,
  shown: string | null,
  direction: 1 | -1,
  precisions: readonly string[] | null,
): string | null {
  switch (input.kind) {
    case 'list':
      return null;
    case 'amount':
      return stepValue(shown ?? (key === 'replicas' ? absent : input.example), direction, input.series);
    case 'words': {
      const words = input.words(precisions);
      const at = words.indexOf(shown ?? absent);
      return words[(at + direction + words.length) % words.length] ?? null;
    }
  }
}
