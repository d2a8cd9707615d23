import {figureColumn, markdownTable} from './markdown-table.mjs';

/** Columns of a table of runs that describe the model; the others describe how it ran. */
const shapeColumns = ['layers', 'hidden', 'heads', 'ffn_hidden', 'vocab'];

/**
 * Why rows were skipped, most frequent reason first, with the sources they come from.
 *
 * @param {readonly import('./validation.mjs').ValidatedRow[]} rows
 */
export function skippedRows(rows) {
  /** @type {Map<string, Map<string, number>>} */
  const counts = new Map();
  for (const {id, status, reason} of rows) {
    if (status !== 'skipped') continue;
    const kind = kindOf(reason ?? '');
    const source = id.replace(/-\d+$/, '');
    const sources = counts.get(kind) ?? new Map();
    sources.set(source, (sources.get(source) ?? 0) + 1);
    counts.set(kind, sources);
  }
  const cells = [...counts]
    .map(([kind, sources]) => ({
      kind,
      total: [...sources.values()].reduce((sum, count) => sum + count, 0),
      from: [...sources].sort((a, b) => b[1] - a[1]).map(([source, count]) => `${source} ${count}`),
    }))
    .sort((a, b) => b.total - a.total || (a.kind < b.kind ? -1 : 1))
    .map(({kind, total, from}) => [total, kind, from.join(', ')]);
  return markdownTable([figureColumn('rows'), {title: 'reason'}, {title: 'sources'}], cells);
}

/**
 * Reasons that differ in their values alone are one kind.
 *
 * @param {string} reason
 */
function kindOf(reason) {
  if (reason.startsWith('unknown: width of the experts')) return 'not stated: width of the experts';
  if (reason.startsWith('unknown: ')) return unknownKind(reason.replace('unknown: ', '').split(', '));
  const broken = reason.match(/^layout\.\w+(?=: )/);
  if (broken !== null) return `the stated layout breaks a rule of \`${broken[0]}\``;
  return reason.replaceAll(/(?<=^|\s)\d+(?=\s|$)/g, 'n');
}

/** @param {readonly string[]} columns */
function unknownKind(columns) {
  const shape = columns.filter(column => shapeColumns.includes(column)).length;
  if (shape === columns.length) return 'not stated: shape of the model';
  return shape === 0 ? 'not stated: layout or batch' : 'not stated: shape of the model, layout or batch';
}
