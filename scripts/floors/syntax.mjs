import {visitorKeys} from 'oxc-parser';

/** @typedef {{readonly type: string, readonly start: number, readonly [key: string]: unknown}} Node */

/**
 * What a node imports: `import`, `export from`, `import()`, `typeof import()`, `import x = require()`.
 *
 * @param {Node} node
 * @returns {string | null}
 */
export function importedSpecifier(node) {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return stringValue(node.source);
    case 'TSExternalModuleReference':
      return stringValue(node.expression);
    default:
      return null;
  }
}

/** @param {unknown} literal */
function stringValue(literal) {
  if (typeof literal !== 'object' || literal === null || !('value' in literal)) return null;
  return typeof literal.value === 'string' ? literal.value : null;
}

/**
 * The name of an identifier; null for any other node.
 *
 * @param {unknown} node
 */
export function nameOf(node) {
  return typeof node === 'object' && node !== null && 'name' in node && typeof node.name === 'string'
    ? node.name
    : null;
}

/**
 * Names that the file itself declares, at any depth: a parameter called `performance` is not the global.
 *
 * @param {Node} program
 * @returns {ReadonlySet<string>}
 */
export function declaredNames(program) {
  /** @type {Set<string>} */
  const names = new Set();
  visit(program, null, node => {
    const patterns =
      node.type === 'VariableDeclarator' || node.type === 'FunctionDeclaration'
        ? [node.id]
        : [node.local, node.params];
    for (const pattern of patterns.flat()) for (const name of boundNames(pattern)) names.add(name);
  });
  return names;
}

/**
 * What a pattern binds; its default values and computed keys bind nothing.
 *
 * @param {unknown} pattern
 * @returns {string[]}
 */
function boundNames(pattern) {
  if (!isNode(pattern)) return [];
  switch (pattern.type) {
    case 'Identifier':
      return [nameOf(pattern) ?? ''];
    case 'ObjectPattern':
      return [pattern.properties].flat().flatMap(boundNames);
    case 'Property':
      return boundNames(pattern.value);
    case 'ArrayPattern':
      return [pattern.elements].flat().flatMap(boundNames);
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    case 'TSParameterProperty':
      return boundNames(pattern.parameter);
    default:
      return [];
  }
}

/**
 * Names that a file declares and exports; what it passes on from another file is not its own.
 *
 * @param {Node} program
 * @returns {ReadonlySet<string>}
 */
export function declaredExports(program) {
  /** @type {Set<string>} */
  const names = new Set();
  for (const statement of [program.body].flat()) {
    if (!isNode(statement) || statement.type !== 'ExportNamedDeclaration') continue;
    const {declaration} = statement;
    if (!isNode(declaration)) continue;
    const declared =
      declaration.type === 'VariableDeclaration' ? [declaration.declarations].flat() : [declaration];
    for (const one of declared) if (isNode(one)) for (const name of boundNames(one.id)) names.add(name);
  }
  return names;
}

/**
 * Calls `see` on a node and on everything below it.
 *
 * @param {Node} node
 * @param {Node | null} parent
 * @param {(node: Node, parent: Node | null) => void} see
 */
export function visit(node, parent, see) {
  see(node, parent);
  for (const key of visitorKeys[node.type] ?? []) {
    for (const child of [node[key]].flat()) if (isNode(child)) visit(child, node, see);
  }
}

/**
 * @param {unknown} value
 * @returns {value is Node}
 */
function isNode(value) {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** @param {unknown} program @returns {Node} */
export function asNode(program) {
  if (!isNode(program)) throw new Error('the parser returned no program');
  return program;
}
