import path from 'node:path';
import {parseSync} from 'oxc-parser';
import {floorOf, folderOf, forbiddenImport, highestPureFloor} from './floors.mjs';
import {asNode, declaredNames, importedSpecifier, nameOf, visit} from './syntax.mjs';

/** @typedef {{readonly file: string, readonly line: number, readonly message: string}} Problem */
/** @typedef {import('./syntax.mjs').Node} Node */

/** Names that say nothing about what a file holds. */
const vagueNames = ['utils', 'util', 'helpers', 'helper', 'types', 'common', 'misc'];

/** What a pure function may not touch: the process, the clock, the terminal, the network. */
const impureGlobals = new Set([
  'process',
  'Date',
  'performance',
  'console',
  'crypto',
  'fetch',
  'globalThis',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'Worker',
]);

/**
 * Every rule that one file breaks, in the order of its lines.
 *
 * @param {string} file path with slashes, from the directory that holds src/
 * @param {string} source
 * @returns {Problem[]}
 */
export function checkFile(file, source) {
  /** @type {{start: number, message: string}[]} */
  const found = [];
  /** @param {number} start @param {string} message */
  const report = (start, message) => found.push({start, message});

  checkName(file, message => report(0, message));
  const {program, errors} = parseSync(file, source);
  for (const error of errors) report(error.labels[0]?.start ?? 0, `cannot be parsed: ${error.message}`);
  const floor = floorOf(folderOf(file));
  const pure = floor !== null && floor <= highestPureFloor;
  const declared = pure ? declaredNames(asNode(program)) : new Set();

  visit(asNode(program), null, (node, parent) => {
    const specifier = floor === null ? null : importedSpecifier(node);
    const message = specifier === null ? null : forbiddenImport(file, specifier);
    if (message !== null) report(node.start, message);
    if (node.type === 'ExportDefaultDeclaration') report(node.start, 'default export: give it a name');
    if (!pure) return;
    if (isModuleVariable(node, parent))
      report(node.start, 'module-level let: state belongs in arguments and results');
    const impure = impureUse(node, parent, declared);
    if (impure !== null) {
      report(
        node.start,
        `floor ${floor} (${folderOf(file)}) may not use ${impure}: take its value as an argument`,
      );
    }
  });
  return found
    .sort((a, b) => a.start - b.start)
    .map(({start, message}) => ({file, line: source.slice(0, start).split('\n').length, message}));
}

/**
 * @param {string} file
 * @param {(message: string) => void} report
 */
function checkName(file, report) {
  const folder = folderOf(file);
  if (floorOf(folder) === null) report(`src/${folder} has no floor: add it to scripts/floors/floors.mjs`);
  const vague = file.split('/').find(part => vagueNames.includes(path.posix.parse(part).name));
  if (vague !== undefined) report(`"${vague}" says nothing: name the concept it holds`);
  // The compiler turns JSX into an import of react, which no import statement shows.
  if (file.endsWith('.tsx') && folder !== 'tui') report('JSX needs react: only src/tui may hold .tsx files');
}

/**
 * A variable that outlives the call: on the pure floors that is global state.
 *
 * @param {Node} node
 * @param {Node | null} parent
 */
function isModuleVariable(node, parent) {
  if (node.type !== 'VariableDeclaration' || node.kind === 'const') return false;
  return parent?.type === 'Program' || parent?.type === 'ExportNamedDeclaration';
}

/**
 * The impure thing that a node reads, if it reads one.
 *
 * @param {Node} node
 * @param {Node | null} parent
 * @param {ReadonlySet<string>} declared
 */
function impureUse(node, parent, declared) {
  if (
    node.type === 'MemberExpression' &&
    nameOf(node.object) === 'Math' &&
    nameOf(node.property) === 'random'
  ) {
    return 'Math.random';
  }
  const name = node.type === 'Identifier' ? nameOf(node) : null;
  if (name === null || !impureGlobals.has(name) || declared.has(name) || !isReference(node, parent))
    return null;
  const property = parent?.type === 'MemberExpression' ? nameOf(parent.property) : null;
  return property === null ? name : `${name}.${property}`;
}

/**
 * Whether an identifier stands for a value, rather than naming a property or a type.
 *
 * @param {Node} node
 * @param {Node | null} parent
 */
function isReference(node, parent) {
  if (parent === null || parent.type === 'TSTypeReference' || parent.type === 'TSQualifiedName') return false;
  const namesProperty = (parent.property === node || parent.key === node) && parent.computed === false;
  return !namesProperty || parent.shorthand === true;
}
