import path from 'node:path';
import {parseSync} from 'oxc-parser';
import {asNode, declaredExports, importedSpecifier, visit} from './syntax.mjs';

/** @typedef {{readonly file: string, readonly source: string}} SourceFile */

const mostFiles = 12;

/**
 * Names that more than one file exports.
 *
 * @param {readonly SourceFile[]} sources
 * @returns {{name: string, files: string[]}[]}
 */
export function repeatedExports(sources) {
  /** @type {Map<string, Set<string>>} */
  const places = new Map();
  for (const {file, source} of sources) {
    for (const name of declaredExports(asNode(parseSync(file, source).program))) {
      places.set(name, (places.get(name) ?? new Set()).add(file));
    }
  }
  return [...places]
    .filter(([, files]) => files.size > 1)
    .map(([name, files]) => ({name, files: [...files]}))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Folders with more files of their own than a reader can survey.
 *
 * @param {readonly SourceFile[]} sources
 * @returns {{folder: string, count: number}[]}
 */
export function crowdedFolders(sources) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const {file} of sources) {
    const folder = path.posix.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > mostFiles).map(([folder, count]) => ({folder, count}));
}

/**
 * Groups of files that import each other in a circle, types included. Each group is sorted.
 *
 * @param {readonly SourceFile[]} sources
 * @returns {string[][]}
 */
export function importCycles(sources) {
  const imports = new Map(sources.map(({file, source}) => [file, importedFiles(file, source)]));
  return components(imports)
    .filter(group => group.length > 1)
    .map(group => group.sort());
}

/** @param {string} file @param {string} source @returns {string[]} */
function importedFiles(file, source) {
  /** @type {string[]} */
  const found = [];
  visit(asNode(parseSync(file, source).program), null, node => {
    const specifier = importedSpecifier(node);
    if (!specifier?.startsWith('.')) return;
    const stem = path.posix.join(path.posix.dirname(file), specifier).replace(/\.js$/, '');
    found.push(`${stem}.ts`, `${stem}.tsx`);
  });
  return found;
}

/**
 * Strongly connected components, after Tarjan 1972.
 *
 * @param {ReadonlyMap<string, readonly string[]>} edges
 * @returns {string[][]}
 */
function components(edges) {
  /** @type {Map<string, {index: number, low: number, open: boolean}>} */
  const seen = new Map();
  /** @type {string[]} */
  const stack = [];
  /** @type {string[][]} */
  const found = [];
  /** @param {string} node */
  function enter(node) {
    const state = {index: seen.size, low: seen.size, open: true};
    seen.set(node, state);
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!edges.has(next)) continue;
      const other = seen.get(next);
      if (other === undefined) state.low = Math.min(state.low, enter(next).low);
      else if (other.open) state.low = Math.min(state.low, other.index);
    }
    if (state.low === state.index) {
      const group = stack.splice(stack.indexOf(node));
      for (const member of group) /** @type {{open: boolean}} */ (seen.get(member)).open = false;
      found.push(group);
    }
    return state;
  }
  for (const node of edges.keys()) if (!seen.has(node)) enter(node);
  return found;
}
