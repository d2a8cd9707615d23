import {precisions} from '../../../cluster/accelerator.js';
import {minimizable} from '../../../layout/plan.js';
import {optimizers} from '../../../layout/training.js';
import type {PlanAnswer} from '../../planning/answers.js';
import type {Change, Written} from './document.js';
import {type Series, stepValue} from './step-value.js';

/** A line of the plan that is edited in place. */
export interface Field {
  readonly key: string;
  readonly label: string;
  readonly path: readonly string[];
  readonly input: Input;
  /** What to show where the plan says nothing. */
  readonly absent: string;
  /** An empty line stands above it. */
  readonly startsGroup?: boolean;
}

/** How a field is edited: out of a list, by words in turn, or by digits and units. */
export type Input =
  | {readonly kind: 'list'; readonly of: 'model' | 'hardware' | 'software'}
  | {readonly kind: 'words'; readonly words: (answer: PlanAnswer | null) => readonly string[]}
  | {readonly kind: 'amount'; readonly series: Series; readonly example: string};

const amount = (series: Series, example: string): Input => ({kind: 'amount', series, example});

/** The fields of the plan in the order in which they are shown. */
export const fields: readonly Field[] = [
  {key: 'model', label: 'model', path: ['model'], input: {kind: 'list', of: 'model'}, absent: '—'},
  {
    key: 'hardware',
    label: 'hardware',
    path: ['cluster', 'hardware'],
    input: {kind: 'list', of: 'hardware'},
    absent: '—',
  },
  {
    key: 'nodes',
    label: 'nodes',
    path: ['cluster', 'nodes'],
    input: amount('doubling', '16 or 128 devices'),
    absent: '—',
  },
  {
    key: 'software',
    label: 'software',
    path: ['cluster', 'software'],
    input: {kind: 'list', of: 'software'},
    absent: 'generic',
  },
  {
    key: 'price',
    label: 'price',
    path: ['cluster', 'price'],
    input: amount('decades', '$2.5/hour'),
    absent: "profile's",
  },
  {
    key: 'tokens',
    label: 'tokens',
    path: ['training', 'tokens'],
    input: amount('decades', '300 B'),
    absent: '—',
    startsGroup: true,
  },
  {
    key: 'sequence',
    label: 'sequence',
    path: ['training', 'sequence_length'],
    input: amount('doubling', '4096'),
    absent: '—',
  },
  {
    key: 'batch',
    label: 'batch',
    path: ['training', 'global_batch'],
    input: amount('doubling', '1024'),
    absent: '—',
  },
  {
    key: 'precision',
    label: 'precision',
    path: ['training', 'precision'],
    input: {kind: 'words', words: answer => answer?.precisions ?? precisions},
    absent: 'bf16',
  },
  {
    key: 'optimizer',
    label: 'optimizer',
    path: ['training', 'optimizer'],
    input: {kind: 'words', words: () => optimizers},
    absent: 'adam',
  },
  {
    key: 'replicas',
    label: 'replicas',
    path: ['diloco', 'replicas'],
    input: amount('doubling', '4 (DiLoCo)'),
    absent: '1',
  },
  {
    key: 'goal',
    label: 'goal',
    path: ['goal', 'minimize'],
    input: {kind: 'words', words: () => minimizable},
    absent: 'time',
    startsGroup: true,
  },
  {
    key: 'deadline',
    label: 'deadline',
    path: ['goal', 'deadline'],
    input: amount('decades', '30 days'),
    absent: 'none',
  },
  {
    key: 'budget',
    label: 'budget',
    path: ['goal', 'budget'],
    input: amount('decades', '2e6 USD'),
    absent: 'none',
  },
];

/** The field with the path that the plan uses: its size is told in nodes or in devices. */
export function fieldOf(field: Field, written: Written): Field {
  if (field.key !== 'nodes' || written(['cluster', 'devices']) === null) return field;
  return {...field, label: 'devices', path: ['cluster', 'devices']};
}

/** What an edited text means for the plan. An empty one takes the key out. */
export function changesOf(field: Field, typed: string, written: Written): readonly Change[] {
  const text = typed.trim();
  if (field.key === 'nodes') return sizeChanges(field, text);
  if (field.key === 'replicas') return replicaChanges(text, written);
  return [{path: field.path, value: text === '' ? undefined : planValue(text)}];
}

/** `64 nodes` and `512 devices` say which of the two is meant. */
function sizeChanges(field: Field, text: string): readonly Change[] {
  const [, count = '', word = ''] = /^([^a-z]*)\s*([a-z]*)$/i.exec(text) ?? [];
  const unit = word === '' ? (field.path[1] ?? 'nodes') : word.startsWith('n') ? 'nodes' : 'devices';
  const isUnit = word === '' || ['node', 'nodes', 'device', 'devices', 'gpus', 'gpu'].includes(word);
  const value = planValue(isUnit ? count.trim() : text);
  const other = unit === 'nodes' ? 'devices' : 'nodes';
  return [
    {path: ['cluster', other], value: undefined},
    {path: ['cluster', unit], value},
  ];
}

/** Steps between two synchronisations that a plan starts with; its file can say another number. */
export const usualInnerSteps = 100;

/** One replica is ordinary data parallel: no outer level. */
function replicaChanges(text: string, written: Written): readonly Change[] {
  if (text === '' || text === '1') return [{path: ['diloco'], value: undefined}];
  const isThere = written(['diloco', 'inner_steps']) !== null;
  return [
    {path: ['diloco', 'replicas'], value: planValue(text)},
    ...(isThere ? [] : [{path: ['diloco', 'inner_steps'], value: usualInnerSteps}]),
  ];
}

/** A bare number stays a number; what has a unit is text. */
function planValue(text: string): string | number {
  const digits = text.replaceAll(/(?<=\d),(?=\d{3})/g, '');
  return /^\d+(\.\d+)?(e\+?\d+)?$/i.test(digits) ? Number(digits) : text;
}

/** The text one arrow key further; null where there is none. */
export function stepped(
  field: Field,
  shown: string | null,
  direction: 1 | -1,
  answer: PlanAnswer | null,
): string | null {
  const {input} = field;
  switch (input.kind) {
    case 'list':
      return null;
    case 'amount':
      return stepValue(shown ?? firstValue(field), direction, input.series);
    case 'words': {
      const words = input.words(answer);
      const at = words.indexOf(shown ?? field.absent);
      return words[(at + direction + words.length) % words.length] ?? null;
    }
  }
}

/** Where stepping starts for what the plan does not state. */
function firstValue(field: Field): string {
  return field.key === 'replicas' ? '1' : field.input.kind === 'amount' ? field.input.example : '';
}
