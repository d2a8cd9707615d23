import type {MeasurementRow} from '../measurement.js';

/** Techniques that notes list with a plus between them, and the columns that they belong to. */
const techniques: readonly {readonly says: RegExp; readonly column: string}[] = [
  {says: /^(torch\.)?compile$/, column: 'compiled'},
  {says: /^async ?tp$/, column: 'async_tp'},
];

/**
 * A row with the flags that its notes state and its columns leave open: "FSDP + CP + compile + Float8" is a
 * list, and what is a member of it ran. Other sentences are not read.
 */
export function withNotedTechniques(row: MeasurementRow): {
  readonly row: MeasurementRow;
  readonly assumptions: readonly string[];
} {
  const members = (row.notes ?? '')
    .toLowerCase()
    .split(/[;,()]/)
    .filter(clause => clause.includes('+'))
    .flatMap(clause => clause.split('+').map(member => member.trim()));
  const noted = techniques.filter(
    ({says, column}) => (row[column] ?? '') === '' && members.some(member => says.test(member)),
  );
  return {
    row: {...row, ...Object.fromEntries(noted.map(({column}) => [column, '1']))},
    assumptions: noted.map(({column}) => `${column} not stated: taken from the notes`),
  };
}
