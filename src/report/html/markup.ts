/** A piece of HTML or SVG whose text is escaped already. */
export type Markup = string & {readonly __language: 'markup'};

export type Attributes = Readonly<Record<string, string | number>>;

/** Elements of HTML that have no end tag. HTML Living Standard 13.1.2, void elements. */
const voidElements = new Set(['meta', 'br', 'hr', 'img', 'input', 'link', 'col']);

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it stands: nothing in it is markup. */
export function textMarkup(plain: string): Markup {
  return plain.replaceAll(/[&<>"']/g, sign => escapes[sign] ?? sign) as Markup;
}

/** An element; attributes are escaped, children are markup already or text to be escaped by `text`. */
export function element(name: string, attributes: Attributes, ...children: readonly Markup[]): Markup {
  const stated = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${textMarkup(String(value))}"`)
    .join('');
  if (voidElements.has(name)) return `<${name}${stated}>` as Markup;
  return `<${name}${stated}>${children.join('')}</${name}>` as Markup;
}

/** Concatenates pieces. */
export function joinMarkup(pieces: readonly Markup[]): Markup {
  return pieces.join('\n') as Markup;
}
