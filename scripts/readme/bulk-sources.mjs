import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import papaparse from 'papaparse';
import {csvRows} from './csv-rows.mjs';
import {inRepository} from './repository.mjs';
import {skippedRows} from './skipped-rows.mjs';
import {sourceTable} from './sources.mjs';
import {validation} from './validation.mjs';

/** Other projects' bulk data, which do not ship with walltime; a checkout may have them beside it. */
const bulkFile = inRepository('../shared/measurements/measurements.csv');

const bulkSources = ['vtrainSingle', 'nanotron', 'aleph'];

/** The table of sources for data outside the package; null where they are not here. */
export async function bulkSourceTable() {
  if (!existsSync(bulkFile)) return null;
  const rows = csvRows(bulkFile).filter(({id = ''}) => bulkSources.includes(id.replace(/-\d+$/, '')));
  const folder = mkdtempSync(path.join(tmpdir(), 'walltime-readme-'));
  try {
    const csv = path.join(folder, 'bulk.csv');
    writeFileSync(csv, papaparse.unparse(rows));
    const answer = await validation(csv);
    const skipped = answer.rows.some(({status}) => status === 'skipped');
    const table = sourceTable(answer.summary.sources);
    return skipped ? `${table}\n\n${skippedRows(answer.rows)}` : table;
  } finally {
    rmSync(folder, {recursive: true});
  }
}
