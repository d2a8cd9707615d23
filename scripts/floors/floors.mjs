import path from 'node:path';

/** The folders of src/ by floor, from the lowest. The library's entries are files that stand for a folder. */
const floors = [
  ['units'],
  ['model', 'cluster', 'layout', 'plan', 'frameworks'],
  ['cost'],
  ['pipeline', 'diloco'],
  ['search', 'scaling', 'calibration', 'run'],
  ['plan-file', 'export', 'import', 'report'],
  ['cli', 'tui', 'index.ts', 'scaling.ts', 'core.ts'],
];

/**
 * Imports between folders of one floor that are let through, and why.
 *
 * @type {readonly {readonly from: string, readonly to: string, readonly reason: string}[]}
 */
const neighbours = [
  {from: 'layout', to: 'model', reason: 'a layout divides the layers and heads of a model'},
  {from: 'layout', to: 'cluster', reason: 'a layout places its ranks on a cluster'},
  {
    from: 'cluster',
    to: 'frameworks',
    reason: 'a cluster runs a software stack at a release of its framework',
  },
  {from: 'frameworks', to: 'model', reason: 'a framework divides the heads and experts of a model'},
  {from: 'frameworks', to: 'cluster', reason: 'a framework runs on devices of some kinds'},
  {
    from: 'frameworks',
    to: 'layout',
    reason: 'a framework has rules and defaults for every choice of a layout',
  },
  {from: 'plan', to: 'model', reason: 'a plan trains a model'},
  {from: 'plan', to: 'cluster', reason: 'a plan runs on a cluster'},
  {from: 'plan', to: 'layout', reason: 'a plan pins and narrows fields of the layout'},
  {from: 'plan', to: 'frameworks', reason: 'a training run may name its attention kernel'},
  {from: 'layout', to: 'plan', reason: 'a rule of a layout reads the training run'},
  {from: 'frameworks', to: 'plan', reason: 'rules and defaults of a framework read the training run'},
  {from: 'diloco', to: 'pipeline', reason: 'a round of an outer optimizer is made of inner steps'},
  {from: 'scaling', to: 'run', reason: 'a time-aware law replaces tokens by what a run can process'},
  {from: 'search', to: 'run', reason: 'variants of a plan are compared by their whole runs'},
  {from: 'scaling', to: 'search', reason: 'a time-aware law plans every model that it compares'},
  {from: 'plan-file', to: 'import', reason: 'a plan may name a Hugging Face config.json as its model'},
  {from: 'cli', to: 'tui', reason: 'the command line opens the interactive planner'},
];

/**
 * Floors inside a folder, from the lowest: its folders, and the files next to them by name. An import
 * only goes to the own room or to one below; what is not named is free.
 *
 * @type {Readonly<Record<string, readonly (readonly string[])[]>>}
 */
const innerFloors = {
  'plan-file': [
    ['nearest-word.ts'],
    ['problem.ts'],
    ['quantity'],
    ['source.ts', 'read-text.ts', 'figures.ts'],
    ['schema'],
    ['frameworks', 'models'],
    ['hardware', 'library'],
    ['make-operation.ts', 'make-plan.ts', 'variants'],
    ['findings'],
    ['plan-of-text.ts'],
    ['read-plan.ts', 'new-plan.ts', 'study', 'tables'],
    ['edit', 'plan-on.ts'],
  ],
  report: [
    ['terminal'],
    ['chart', 'words'],
    [
      'measured',
      'study',
      'comparison.ts',
      'evidence-warnings.ts',
      'network-warnings.ts',
      'law-fit.ts',
      'model-view.ts',
      'scale-tables.ts',
      'simulation.ts',
      'tornado.ts',
      'utilization.ts',
      'warnings.ts',
    ],
    ['text', 'json', 'html'],
  ],
};

/**
 * Imports between rooms of one inner floor that are let through.
 *
 * @type {readonly {readonly from: string, readonly to: string, readonly reason: string}[]}
 */
const innerNeighbours = [
  {from: 'library', to: 'hardware', reason: 'the library finds the files that hardware reads'},
  {from: 'html', to: 'text', reason: 'a page shows some answers as the terminal does'},
];

/** Packages by the lowest floor that may import them; those not named may be imported from the edges up. */
const lowestFloorOfPackage = new Map([['mathjs', 4]]);
const lowestFloorOfOtherPackages = 5;

/** Packages that draw the terminal's screens: only the folder that holds the screens knows them. */
const screenPackages = ['react', 'ink'];
const screenFolder = 'tui';

/** Up to this floor everything is a pure function over plain data. */
export const highestPureFloor = 4;

/**
 * src/cost/collective/ring.ts -> cost; src/index.ts -> index.ts.
 *
 * @param {string} file path with slashes, from the directory that holds src/
 */
export const folderOf = file => file.split('/')[1] ?? '';

/**
 * @param {string} folder
 * @returns {number | null} null for a folder that has no floor
 */
export function floorOf(folder) {
  const floor = floors.findIndex(folders => folders.includes(folder));
  return floor === -1 ? null : floor;
}

/** "floor 2 (cost)" @param {string} folder */
const describe = folder => `floor ${floorOf(folder)} (${folder})`;

/**
 * Why the file may not import the specifier; null when it may.
 *
 * @param {string} file path with slashes, from the directory that holds src/
 * @param {string} specifier
 * @returns {string | null}
 */
export function forbiddenImport(file, specifier) {
  const folder = folderOf(file);
  if (specifier.startsWith('.'))
    return forbiddenFolder(folder, path.posix.join(path.posix.dirname(file), specifier));
  if (specifier.startsWith('node:')) {
    return (floorOf(folder) ?? 0) >= lowestFloorOfOtherPackages
      ? null
      : `${describe(folder)} may not import ${specifier}: only floors 5 and 6 do input and output`;
  }
  return forbiddenPackage(folder, specifier);
}

/**
 * Why the file may not import another of its folder; null when it may.
 *
 * @param {string} file path with slashes, from the directory that holds src/
 * @param {string} specifier
 * @returns {string | null}
 */
export function forbiddenInside(file, specifier) {
  if (!specifier.startsWith('.')) return null;
  const folder = folderOf(file);
  const target = path.posix.join(path.posix.dirname(file), specifier).replace(/\.js$/, '.ts');
  if (folderOf(target) !== folder) return null;
  const [from, to] = [roomOf(file), roomOf(target)];
  const rooms = innerFloors[folder] ?? [];
  const [own, other] = [from, to].map(room => rooms.findIndex(names => names.includes(room)));
  if (from === to || own === undefined || other === undefined || own === -1 || other === -1) return null;
  const sameFloor = own === other && (isFile(from) || isFile(to));
  if (other < own || sameFloor) return null;
  if (own === other && innerNeighbours.some(pair => pair.from === from && pair.to === to)) return null;
  return `${folder}/${from} may not import ${folder}/${to}, which stands ${other > own ? 'above' : 'next to'} it`;
}

/** src/report/text/plan.ts -> text; src/report/warnings.ts -> warnings.ts. @param {string} file */
const roomOf = file => file.split('/')[2] ?? '';

/** @param {string} room */
const isFile = room => room.endsWith('.ts');

/**
 * @param {string} from importing folder
 * @param {string} target path of the imported file
 */
function forbiddenFolder(from, target) {
  if (target === 'package.json' && (floorOf(from) ?? 0) >= lowestFloorOfOtherPackages) return null;
  if (!target.startsWith('src/')) return `${describe(from)} may not import ${target}: it lies outside src`;
  const to = folderOf(target).replace(/\.js$/, '.ts');
  const [own, other] = [floorOf(from), floorOf(to)];
  if (from === to || own === null) return null;
  if (other === null) return `${describe(from)} may not import ${target}: src/${to} has no floor`;
  if (other < own || neighbours.some(pair => pair.from === from && pair.to === to)) return null;
  return `${describe(from)} may not import ${describe(to)}`;
}

/**
 * @param {string} folder
 * @param {string} specifier
 */
function forbiddenPackage(folder, specifier) {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (screenPackages.includes(name)) {
    return folder === screenFolder
      ? null
      : `${describe(folder)} may not import ${name}: only src/${screenFolder} may`;
  }
  const lowest = lowestFloorOfPackage.get(name) ?? lowestFloorOfOtherPackages;
  return (floorOf(folder) ?? 0) >= lowest
    ? null
    : `${describe(folder)} may not import the package ${name}: only floors ${lowest} and up may`;
}
