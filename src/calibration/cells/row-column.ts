/** A way in which tables write a value. */
export interface Spelling<Value> {
  /** Matched against the trimmed cell in lower case. */
  readonly pattern: RegExp;
  readonly value: Value | ((match: RegExpExecArray) => Value);
  /** True where the cell states more, less or something else than the value: an assumption of the row. */
  readonly loose?: boolean;
}

/** Units of amounts in tables, in SI base units. */
export const columnUnits = {s: 1, 'tokens/s': 1, GB: 1e9, 'GB/s': 1e9} as const;
export type ColumnUnit = keyof typeof columnUnits;

/**
 * A column of tables of measured runs.
 *
 * text: as it stands. count: a whole number from `least` on. amount: a number above 0 in `unit`.
 * word, flag: the value of the first spelling that matches.
 */
export type RowColumn<Value> =
  | {readonly kind: 'text'; readonly name: string}
  | {readonly kind: 'count'; readonly name: string; readonly least: number}
  | {readonly kind: 'amount'; readonly name: string; readonly unit: ColumnUnit}
  | {
      readonly kind: 'word' | 'flag';
      readonly name: string;
      readonly spellings: readonly Spelling<Value>[];
      /** What to write in it, in words. */
      readonly usage: string;
    };

type TextColumn = Extract<RowColumn<never>, {kind: 'text'}>;
type NumberColumn = Extract<RowColumn<never>, {kind: 'count' | 'amount'}>;

export const textColumn = (name: string): TextColumn => ({kind: 'text', name});
export const countColumn = (name: string, least = 1): NumberColumn => ({kind: 'count', name, least});
export const amountColumn = (name: string, unit: ColumnUnit): NumberColumn => ({kind: 'amount', name, unit});
export const wordColumn = <Value>(
  name: string,
  spellings: readonly Spelling<Value>[],
  usage = wordsOf(spellings),
) => ({kind: 'word', name, spellings, usage}) as const;
export const flagColumn = (name: string, further: readonly Spelling<boolean>[] = []) =>
  ({kind: 'flag', name, spellings: [...yesOrNo, ...further], usage: '1 or 0'}) as const;

const yesOrNo: readonly Spelling<boolean>[] = [
  {pattern: /^(1|1\.0|true|yes|y|on|enabled)$/, value: true},
  {pattern: /^(0|0\.0|false|no|n|off|none|disabled)$/, value: false},
];

/** Columns of a table by the field that they fill. */
export type ColumnSet = Readonly<Record<string, RowColumn<unknown>>>;

type ValueOf<C> = C extends {readonly kind: 'text'}
  ? string
  : C extends {readonly kind: 'count' | 'amount'}
    ? number
    : C extends {readonly spellings: readonly Spelling<infer Value>[]}
      ? Value
      : never;

/** A row of a table as its cells state it; null: not stated. Amounts are in SI base units. */
export type StatedCells<Columns extends ColumnSet> = {
  readonly [Field in keyof Columns]: ValueOf<Columns[Field]> | null;
};

function wordsOf(spellings: readonly Spelling<unknown>[]): string {
  const words = spellings.flatMap(({value}) => (typeof value === 'string' ? [value] : []));
  return `one of ${[...new Set(words)].join(', ')}`;
}
