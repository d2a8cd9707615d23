import type {Table} from '../terminal/table.js';
import {element, joinMarkup, type Markup, textMarkup} from './markup.js';

/** A table of any face as HTML: all columns, for a page scrolls. */
export function htmlTable({columns, rows}: Table): Markup {
  const classOf = (index: number) => (columns[index]?.align === 'right' ? {class: 'figure'} : {});
  const head = columns.map(({title}, i) => element('th', {scope: 'col', ...classOf(i)}, textMarkup(title)));
  const body = rows.map(row =>
    element('tr', {}, ...row.map((cell, i) => element('td', classOf(i), textMarkup(cell)))),
  );
  const table = element(
    'table',
    {},
    joinMarkup([element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, joinMarkup(body))]),
  );
  return element('div', {class: 'scroll', tabindex: 0}, table);
}
