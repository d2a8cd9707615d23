import {errorOf, meanAndWorst, signedPercent} from './figures.mjs';
import {figureColumn, markdownTable} from './markdown-table.mjs';
import {publishedRows, validation} from './validation.mjs';

/**
 * Predicted beside published step times of one source, row by row.
 *
 * Only rows of high confidence: the others were not read in the source itself.
 *
 * @param {string} source prefix of the ids
 */
export async function stepTimes(source) {
  const published = publishedRows();
  const {rows} = await validation();
  const errors = [];
  const cells = [];
  for (const {id, measured, predicted, reason} of rows) {
    const row = published.get(id);
    if (!id.startsWith(`${source}-`) || row?.confidence !== 'high') continue;
    const seconds = measured?.stepSeconds ?? null;
    if (predicted === null || seconds === null) throw new Error(`${id} was not predicted: ${reason}`);
    const error = errorOf(predicted.stepSeconds, seconds);
    errors.push(error);
    cells.push([
      row.model_name ?? '',
      row.num_gpus ?? '',
      `${row.tp} x ${row.pp} x ${row.dp}`,
      techniqueOf(row),
      `${seconds.toFixed(2)} s`,
      `${predicted.stepSeconds.toFixed(2)} s`,
      signedPercent(error),
    ]);
  }
  const columns = [
    {title: 'model'},
    figureColumn('GPUs'),
    {title: 'tp x pp x dp'},
    {title: 'recompute'},
    figureColumn('published'),
    figureColumn('predicted'),
    figureColumn('error'),
  ];
  return `${markdownTable(columns, cells)}\n\n${meanAndWorst(errors)}`;
}

/** @param {Readonly<Record<string, string>>} row */
function techniqueOf({recompute, sequence_parallel}) {
  return sequence_parallel === '1' ? `${recompute}, sequence parallel` : (recompute ?? '');
}
