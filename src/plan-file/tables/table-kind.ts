import {isNcclLog} from '../../calibration/collective-rows/nccl-log.js';
import {readCsvTable} from '../../import/csv-table.js';

/**
 * Content of a file of measurements: steps of training runs, whole training runs, kernels, collectives, a log of
 * nccl-tests, or a measured machine.
 */
export type TableKind = 'runs' | 'trainings' | 'kernels' | 'collectives' | 'nccl-log' | 'bench';

/** The kind of a file by its columns: tables of operators have `op` and no `tp`, those of collectives `ranks`, those of whole runs `device_hours`. */
export function tableKindOf(text: string): TableKind {
  if (/^\s*\{[^{}]*"walltime_bench"/.test(text)) return 'bench';
  if (isNcclLog(text)) return 'nccl-log';
  const header = readCsvTable(text.slice(0, Math.max(0, text.search(/[\r\n]/)) || text.length));
  const columns = 'columns' in header ? header.columns : [];
  if (columns.includes('device_hours') && !columns.includes('layers')) return 'trainings';
  if (!columns.includes('op') || columns.includes('tp')) return 'runs';
  return columns.includes('ranks') ? 'collectives' : 'kernels';
}
