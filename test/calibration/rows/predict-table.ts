import type {RowCells} from '../../../src/calibration/cells/parse-cells.js';
import {hardwareMatcher} from '../../../src/calibration/match-hardware.js';
import {matchRow} from '../../../src/calibration/rows/match.js';
import {parseRow} from '../../../src/calibration/rows/parse-row.js';
import {predictRow} from '../../../src/calibration/rows/predict.js';
import type {ValidationRow} from '../../../src/calibration/validation.js';
import {readAllHardware, readRowKnowledge} from '../../../src/plan-file/tables/row-knowledge.js';

/** Rows of a table as `validate` predicts them, on the machines that come with the package. */
export async function predictTable(rows: readonly RowCells[]): Promise<readonly ValidationRow[]> {
  const known = await readAllHardware();
  if ('problems' in known) throw new Error(known.problems[0]?.message);
  const machineNamed = hardwareMatcher(known.profiles);
  const context = {...(await readRowKnowledge()), machineNamed, software: null};
  return rows.map(cells => predictRow(matchRow(parseRow(cells), context)));
}
