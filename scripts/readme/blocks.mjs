const marker = /<!-- (?:generated: (?<name>[a-z0-9-]+)|end) -->/g;

/**
 * Names of the generated blocks of a page, in their order. Throws where a marker has no partner.
 *
 * @param {string} page
 * @returns {string[]}
 */
export function blockNames(page) {
  const names = [];
  let open = null;
  for (const {0: text, groups} of page.matchAll(marker)) {
    const name = groups?.name ?? null;
    if ((open === null) === (name === null)) throw new Error(`${text} follows ${open ?? 'no open block'}`);
    if (name !== null) names.push(name);
    open = name;
  }
  if (open !== null) throw new Error(`the block ${open} has no <!-- end -->`);
  return names;
}

/**
 * The page with new contents in its blocks; a block without new contents stays as it is.
 *
 * @param {string} page
 * @param {Readonly<Record<string, string>>} contents by name of block
 */
export function replaceBlocks(page, contents) {
  return page.replaceAll(
    /(<!-- generated: ([a-z0-9-]+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (block, start, name, end) => {
      const text = contents[name];
      return text === undefined ? block : `${start}${text.trimEnd()}\n${end}`;
    },
  );
}
