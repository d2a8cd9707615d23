import {expect, test} from 'vitest';
import {element, textMarkup} from '../../../src/report/html/markup.js';
import {htmlPage, isReport} from '../../../src/report/html/page.js';
import {htmlTable} from '../../../src/report/html/table.js';

test('text and attributes are escaped, void elements have no end', () => {
  expect(element('p', {title: `"a" & 'b'`}, textMarkup('<script>1 > 0</script>'))).toBe(
    '<p title="&quot;a&quot; &amp; &#39;b&#39;">&lt;script&gt;1 &gt; 0&lt;/script&gt;</p>',
  );
  expect(element('meta', {charset: 'utf-8'})).toBe('<meta charset="utf-8">');
});

test('a page stands alone and is known again', () => {
  const style = htmlPage({title: 'a <b> title', description: 'what it holds', body: element('p', {})});
  expect(style).toContain('<title>a &lt;b&gt; title</title>');
  expect(style).toContain("default-src 'none'".replaceAll("'", '&#39;'));
  expect(style).not.toMatch(/<script|<link|<img|url\(|https?:/);
  expect(isReport(style)).toBe(true);
  expect(isReport('<!doctype html><html><head></head></html>')).toBe(false);
  expect(isReport('my notes about walltime')).toBe(false);
});

test('a table keeps every column, figures to the right', () => {
  const table = htmlTable({
    columns: [
      {title: 'name', align: 'left', drop: 0},
      {title: 'time', align: 'right', drop: 9},
    ],
    rows: [['a<b', '2 s']],
  });
  expect(table).toContain('<th scope="col" class="figure">time</th>');
  expect(table).toContain('<tr><td>a&lt;b</td><td class="figure">2 s</td></tr>');
});
