import {asNode, nameOf, visit} from './syntax.mjs';

const mostParameters = 5;

/**
 * Functions with more parameters than a reader can keep apart.
 *
 * @param {unknown} program
 * @returns {{start: number, message: string}[]}
 */
export function longParameterLists(program) {
  /** @type {{start: number, message: string}[]} */
  const found = [];
  visit(asNode(program), null, (node, parent) => {
    const isFunction =
      node.type === 'FunctionDeclaration' || /^(?:Arrow)?FunctionExpression$/.test(node.type);
    const count = isFunction ? [node.params].flat().length : 0;
    if (count <= mostParameters) return;
    const name = nameOf(node.id) ?? nameOf(parent?.id) ?? nameOf(parent?.key) ?? 'a function';
    found.push({
      start: node.start,
      message: `${name} takes ${count} parameters: a record of at most ${mostParameters}`,
    });
  });
  return found;
}
