import type {MeasurementRow} from '../measurement.js';

/** What is known of a source better than its table says it: in some column, another value. */
export interface Correction {
  /** It holds for rows whose column `source` contains this. */
  readonly source: string;
  readonly column: string;
  readonly value: string;
  /** Where it can be read. */
  readonly evidence: string;
}

/** The row with every correction of its source, and each of them in words. */
export function correctedRow(
  row: MeasurementRow,
  corrections: readonly Correction[],
): {readonly row: MeasurementRow; readonly notes: readonly string[]} {
  const own = corrections.filter(({source, column, value}) => {
    return (row.source ?? '').includes(source) && row[column] !== value;
  });
  return {
    row: {...row, ...Object.fromEntries(own.map(({column, value}) => [column, value]))},
    notes: own.map(
      ({column, value, evidence}) =>
        `${column} ${row[column] || 'not stated'} taken as ${value}: ${evidence}`,
    ),
  };
}
