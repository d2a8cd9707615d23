import {groupBy} from '../statistics.js';
import type {ValidationRow} from '../validation.js';

/** The software stack that stood for a framework, and for how many rows. */
export interface StackTaken {
  /** As the table has it; empty where it states none. */
  readonly framework: string;
  readonly software: string;
  readonly rows: number;
}

/** Which stack was taken for each framework among the predicted rows, in the order of the frameworks. */
export function stacksTaken(rows: readonly ValidationRow[]): readonly StackTaken[] {
  const predicted = rows.filter(row => row.status === 'predicted');
  return [...groupBy(predicted, ({framework, software}) => `${framework}\n${software}`).entries()]
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map(([key, own]) => {
      const [framework = '', software = ''] = key.split('\n');
      return {framework, software, rows: own.length};
    });
}
