import {sliceOperators} from '../../calibration/operator-rows/operator-slices.js';
import {predictOperators} from '../../calibration/operator-rows/predict-operators.js';
import type {RowContext} from '../../calibration/rows/match.js';
import {type OperatorTable, readOperatorTables} from '../../plan-file/tables/read-operator-tables.js';
import {operatorValidationJson} from '../../report/json/measured/operator-validation-json.js';
import {
  renderOperatorRows,
  renderOperatorValidation,
} from '../../report/text/measured/operator-validation-text.js';
import {type ExitCode, exitCodes} from '../answer/exit-code.js';
import {printFaults, printJson, printLines, printProblems} from '../answer/output.js';
import {stdoutStyle} from '../answer/terminal-style.js';
import {version} from '../version.js';

export interface OperatorOptions {
  readonly json: boolean;
  readonly rows: boolean;
  readonly flagged: boolean;
}

/** Answers tables of kernels and collectives, and logs of nccl-tests. */
export async function validateOperators(
  tables: readonly OperatorTable[],
  context: Pick<RowContext, 'machineNamed' | 'software'>,
  options: OperatorOptions,
): Promise<ExitCode> {
  const read = await readOperatorTables(tables);
  if ('problems' in read) return printProblems(read.problems, options);
  printFaults(read.faults);
  const results = predictOperators(read.rows, {...context, withDistrusted: options.flagged});
  const validation = sliceOperators(results);
  const style = stdoutStyle();
  if (options.json) printJson(operatorValidationJson(validation, version));
  else if (options.rows) {
    printLines([...renderOperatorRows(style, results), '', ...renderOperatorValidation(style, validation)]);
  } else printLines(renderOperatorValidation(style, validation));
  return exitCodes.done;
}
