import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import papaparse from 'papaparse';
import {baselineTable, fitSentence} from './baselines.mjs';
import {csvRows} from './csv-rows.mjs';
import {inRepository} from './repository.mjs';
import {skippedRows} from './skipped-rows.mjs';
import {sourceTable} from './sources.mjs';
import {validation} from './validation.mjs';

/** Other projects' bulk data, which do not ship with walltime; a checkout may have them beside it. */
const bulkFile = inRepository('../shared/measurements/measurements.csv');
const outOfMemoryFile = inRepository('../shared/measurements/out_of_memory.csv');

const bulkSources = ['vtrainSingle', 'nanotron', 'aleph'];

/** The tables for data outside the package; null where they are not here. */
export async function bulkSourceTable() {
  if (![bulkFile, outOfMemoryFile].every(file => existsSync(file))) return null;
  const rows = csvRows(bulkFile).filter(({id = ''}) => bulkSources.includes(id.replace(/-\d+$/, '')));
  const folder = mkdtempSync(path.join(tmpdir(), 'walltime-readme-'));
  try {
    const csv = path.join(folder, 'bulk.csv');
    writeFileSync(csv, papaparse.unparse(rows));
    const {rows: validated, summary} = await validation([csv, outOfMemoryFile]);
    const skipped = validated.some(({status}) => status === 'skipped') ? [skippedRows(validated)] : [];
    return [
      sourceTable([...summary.sources, summary]),
      ...skipped,
      baselineTable(summary),
      fitSentence(summary),
    ].join('\n\n');
  } finally {
    rmSync(folder, {recursive: true});
  }
}
