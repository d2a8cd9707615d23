/**
 * A table of Markdown.
 *
 * @param {readonly {readonly title: string, readonly align?: 'left' | 'right'}[]} columns
 * @param {readonly (readonly (string | number)[])[]} rows
 */
export function markdownTable(columns, rows) {
  const line = (/** @type {readonly (string | number)[]} */ cells) =>
    `| ${cells.map(cell => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    line(columns.map(({title}) => title)),
    `|${columns.map(({align}) => (align === 'right' ? '---:' : '---')).join('|')}|`,
    ...rows.map(line),
  ].join('\n');
}

/**
 * A column of figures.
 *
 * @param {string} title
 */
export function figureColumn(title) {
  return {title, align: /** @type {const} */ ('right')};
}
