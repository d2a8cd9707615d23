import {element, joinMarkup, type Markup, textMarkup} from './markup.js';
import {style} from './style.js';

export interface HtmlPage {
  readonly title: string;
  /** What the page holds, in a sentence. */
  readonly description: string;
  readonly body: Markup;
}

/** Mark of a report of walltime. */
const generator = element('meta', {name: 'generator', content: 'walltime'});
const doctype = '<!doctype html>';
/** The head up to the generator is shorter. */
const headLength = 1024;

/** Whether a text is a page that `htmlPage` made. */
export function isReport(html: string): boolean {
  return html.startsWith(doctype) && html.slice(0, headLength).includes(generator);
}

/** Nothing is loaded and nothing runs, whatever the names and notes of a table contain. */
const policy = "default-src 'none'; style-src 'unsafe-inline'";

/** A page that stands alone: no script, no picture, no font from elsewhere. */
export function htmlPage({title, description, body}: HtmlPage): string {
  const head = joinMarkup([
    element('meta', {charset: 'utf-8'}),
    element('meta', {name: 'viewport', content: 'width=device-width, initial-scale=1'}),
    element('meta', {'http-equiv': 'Content-Security-Policy', content: policy}),
    generator,
    element('meta', {name: 'description', content: description}),
    element('title', {}, textMarkup(title)),
    element('style', {}, style),
  ]);
  const header = joinMarkup([
    element('h1', {}, textMarkup(title)),
    element('p', {class: 'quiet'}, textMarkup(description)),
  ]);
  const page = element(
    'html',
    {lang: 'en'},
    joinMarkup([
      element('head', {}, head),
      element('body', {}, element('main', {}, joinMarkup([header, body]))),
    ]),
  );
  return `${doctype}\n${page}\n`;
}

/** A part of a page under a heading; the pieces stay apart. */
export function htmlSection(title: string, ...pieces: readonly Markup[]): Markup {
  return element('section', {}, joinMarkup([element('h2', {}, textMarkup(title)), ...pieces]));
}

export function htmlParagraph(plain: string): Markup {
  return element('p', {}, textMarkup(plain));
}

/** Figures to see first. */
export function htmlFigures(figures: readonly {readonly value: string; readonly name: string}[]): Markup {
  const items = figures.map(({value, name}) =>
    element('li', {}, element('b', {}, textMarkup(value)), textMarkup(name)),
  );
  return element('ul', {class: 'figures'}, ...items);
}

/** What is long and seldom read: closed until it is asked for. */
export function htmlDetails(title: string, body: Markup): Markup {
  return element('details', {}, element('summary', {}, textMarkup(title)), body);
}
