import {parseSync} from 'oxc-parser';
import {forbiddenInside} from './floors.mjs';
import {bannedWords, danglingComments} from './language.mjs';
import {longParameterLists} from './parameters.mjs';
import {asNode, importedSpecifier, visit} from './syntax.mjs';
import {crowdedFolders, importCycles, repeatedExports} from './whole-source.mjs';

/** @typedef {import('./whole-source.mjs').SourceFile} SourceFile */
/** @typedef {import('./check-file.mjs').Problem} Problem */

/**
 * What is let through for now; absent means nothing.
 *
 * @typedef {{
 *   readonly names?: readonly string[],
 *   readonly cycles?: readonly (readonly string[])[],
 *   readonly folders?: readonly string[],
 *   readonly imports?: readonly string[],
 *   readonly comments?: Readonly<Record<string, number>>,
 *   readonly words?: Readonly<Record<string, number>>,
 *   readonly parameters?: Readonly<Record<string, number>>,
 * }} Allowances
 */

const place = 'scripts/floors/allowances.json';

/**
 * Problems of the rules whose exceptions are listed one by one, stale exceptions among them.
 *
 * @param {readonly SourceFile[]} sources
 * @param {Allowances} allowances
 * @returns {string[]}
 */
export function allowed(sources, {names = [], cycles = [], folders = [], imports = []}) {
  const repeated = repeatedExports(sources);
  const crowded = crowdedFolders(sources);
  const found = importCycles(sources);
  const inside = innerImports(sources);
  /** @param {readonly string[]} group */
  const isAllowed = group => cycles.some(cycle => group.every(file => cycle.includes(file)));
  return [
    ...repeated
      .filter(({name}) => !names.includes(name))
      .map(
        ({name, files}) => `${name} is exported by ${files.join(' and ')}: one of them needs another name`,
      ),
    ...stale(
      names.filter(name => !repeated.some(one => one.name === name)),
      'names',
    ),
    ...crowded
      .filter(({folder}) => !folders.includes(folder))
      .map(({folder, count}) => `${folder} holds ${count} files, more than 12: it needs an inner order`),
    ...stale(
      folders.filter(folder => !crowded.some(one => one.folder === folder)),
      'folders',
    ),
    ...found.filter(group => !isAllowed(group)).map(group => `files import each other: ${group.join(', ')}`),
    ...stale(
      cycles
        .filter(cycle => !found.some(group => group.every(file => cycle.includes(file))))
        .map(cycle => cycle.join(', ')),
      'cycles',
    ),
    ...inside.filter(({key}) => !imports.includes(key)).map(({message}) => message),
    ...stale(
      imports.filter(key => !inside.some(one => one.key === key)),
      'imports',
    ),
  ];
}

/**
 * @param {readonly string[]} gone
 * @param {string} kind
 */
function stale(gone, kind) {
  return gone.map(entry => `${place}: "${entry}" of ${kind} is no longer needed: remove it`);
}

/** @param {readonly SourceFile[]} sources */
function innerImports(sources) {
  /** @type {{key: string, message: string}[]} */
  const found = [];
  for (const {file, source} of sources) {
    visit(asNode(parseSync(file, source).program), null, node => {
      const specifier = importedSpecifier(node);
      const reason = specifier === null ? null : forbiddenInside(file, specifier);
      if (reason !== null) found.push({key: `${file} ${specifier}`, message: `${file}  ${reason}`});
    });
  }
  return found;
}

/**
 * Findings of the rules whose exceptions are a count a folder, which may only fall.
 *
 * @param {readonly SourceFile[]} sources
 * @param {Allowances} allowances
 * @returns {{findings: Problem[], problems: string[], notes: string[]}}
 */
export function counted(sources, {comments = {}, words = {}, parameters = {}}) {
  const budgets = {comments, words, parameters};
  /** @type {(Problem & {kind: keyof typeof budgets})[]} */
  const findings = sources.flatMap(({file, source}) => {
    const parsed = parseSync(file, source);
    /** @param {keyof typeof budgets} kind @param {readonly {start: number, message: string}[]} found */
    const at = (kind, found) =>
      found.map(({start, message}) => ({
        kind,
        file,
        line: source.slice(0, start).split('\n').length,
        message,
      }));
    return [
      ...at('comments', danglingComments(parsed.comments)),
      ...at('words', bannedWords(parsed.comments, parsed.program)),
      ...at('parameters', longParameterLists(parsed.program)),
    ];
  });
  /** @type {string[]} */
  const problems = [];
  /** @type {string[]} */
  const notes = [];
  for (const kind of /** @type {(keyof typeof budgets)[]} */ (Object.keys(budgets))) {
    const here = findings.filter(finding => finding.kind === kind);
    const folders = new Set([...here.map(({file}) => roomOf(file)), ...Object.keys(budgets[kind])]);
    for (const folder of [...folders].sort()) {
      const own = here.filter(({file}) => roomOf(file) === folder);
      const budget = budgets[kind][folder] ?? 0;
      if (own.length > budget) {
        problems.push(
          ...own.map(({file, line, message}) => `${file}:${line}  ${message}`),
          `${folder}: ${own.length} ${kind} against a budget of ${budget} (${place}; moved files take theirs along)`,
        );
      } else if (own.length < budget) {
        notes.push(`${folder}: ${own.length} ${kind}, the budget of ${budget} can fall (${place})`);
      }
    }
  }
  return {findings, problems, notes};
}

/** src/cost/collective/ring.ts -> src/cost. @param {string} file */
const roomOf = file => file.split('/').slice(0, 2).join('/');
