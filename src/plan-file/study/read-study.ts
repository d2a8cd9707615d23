import {type PathSegment, type Problem, parsePath, sortProblems} from '../problem.js';
import {type ReadPlan, readPlanValue} from '../read-plan.js';
import {readText} from '../read-text.js';
import {parseSource, problemOfFile, type Source} from '../source.js';

/** A plan whose fields take several values: every combination of them is a cell. */
export interface Study {
  readonly source: Source;
  /** Paths of the fields, in the order of the file. */
  readonly axes: readonly string[];
  readonly cells: readonly StudyCell[];
}

export interface StudyCell {
  /** Value of each axis, as the file has it. */
  readonly values: readonly unknown[];
  /** Or why these values do not go together. */
  readonly plan: ReadPlan | {readonly infeasible: string};
}

/** More plans than this are no study. */
const mostCells = 4096;

interface Axis {
  readonly key: string;
  readonly path: readonly PathSegment[];
  readonly values: readonly unknown[];
}

/** The study in a file; null where the file has no study section, or is no plan at all. */
export async function readStudy(
  path: string,
): Promise<Study | {readonly problems: readonly Problem[]} | null> {
  const file = readText(path);
  return 'text' in file ? readStudyText(path, file.text) : null;
}

/** The study in the text of a plan; null where it has no study section. */
export async function readStudyText(
  path: string,
  text: string,
): Promise<Study | {readonly problems: readonly Problem[]} | null> {
  if (!/^["']?study["']?\s*:/m.test(text)) return null;
  const read = parseSource(path, text);
  if (!('source' in read) || read.problems.length > 0) return null;
  const {source, value} = read;
  const axes = axesOf(value);
  // An invalid section is reported as a problem of the plan.
  if (axes === null) return null;
  const size = axes.reduce((product, {values}) => product * values.length, 1);
  if (size > mostCells) {
    const message = `the axes make ${size} plans, more than ${mostCells}`;
    return {
      problems: [
        {...problemOfFile(path, {message, hint: 'list fewer values'}), ...source.place(['study'], 'key')},
      ],
    };
  }
  const cells: (StudyCell & {readonly problems: readonly Problem[]})[] = [];
  for (const places of combinations(axes.map(({values}) => values.length))) {
    cells.push(await readCell(source, value, axes, places));
  }
  const problems = axes.flatMap((_, axis) => wrongValues(cells, axis));
  if (problems.length > 0) return {problems: sortProblems(problems)};
  return {
    source,
    axes: axes.map(({key}) => key),
    cells: cells.map(({values, plan}) => ({values, plan})),
  };
}

function axesOf(value: unknown): readonly Axis[] | null {
  const study: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'study') : null;
  if (typeof study !== 'object' || study === null || Array.isArray(study)) return null;
  const axes = Object.entries(study).map(([key, values]: [string, unknown]) => ({
    key,
    path: parsePath(key),
    values: Array.isArray(values) ? values : [],
  }));
  return axes.length === 0 || axes.some(({values}) => values.length === 0) ? null : axes;
}

/** Places of each axis, the last one changing fastest. */
function combinations(sizes: readonly number[]): readonly (readonly number[])[] {
  return sizes.reduce<readonly (readonly number[])[]>(
    (all, size) => all.flatMap(places => Array.from({length: size}, (_, place) => [...places, place])),
    [[]],
  );
}

async function readCell(source: Source, value: unknown, axes: readonly Axis[], places: readonly number[]) {
  const values = axes.map((axis, i) => axis.values[places[i] ?? 0]);
  const {study: _, ...own} = axes.reduce((plan, {path}, i) => withValue(plan, path, values[i]), plain(value));
  const read = await readPlanValue(inStudy(source, value, axes, places), own);
  const [first] = 'problems' in read ? read.problems : [];
  return {
    values,
    plan: 'problems' in read ? {infeasible: first?.message ?? ''} : read,
    problems: 'problems' in read ? read.problems : [],
  };
}

/** A value that is invalid with every value of the other axes is wrong; its problems are returned. */
function wrongValues(cells: readonly (StudyCell & {readonly problems: readonly Problem[]})[], axis: number) {
  const byValue = new Map<unknown, (typeof cells)[number][]>();
  for (const cell of cells) {
    const value = cell.values[axis];
    byValue.set(value, [...(byValue.get(value) ?? []), cell]);
  }
  return [...byValue.values()]
    .filter(same => same.every(({problems}) => problems.length > 0))
    .flatMap(same => same.flatMap(({problems}) => problems));
}

/** Problems of a value of an axis are shown where the study has it. */
function inStudy(source: Source, plan: unknown, axes: readonly Axis[], places: readonly number[]): Source {
  return {
    ...source,
    place: (path, at) => {
      const axis = axes.findIndex(
        one => beginsLike(one.path, path) && (one.path.length <= path.length || !has(plan, path)),
      );
      const {key, path: named = []} = axes[axis] ?? {};
      if (key === undefined) return source.place(path, at);
      // A key that is wrong is wrong once, whatever its values.
      return at === 'key' && path.length <= named.length
        ? source.place(['study', key], 'key')
        : source.place(['study', key, places[axis] ?? 0], 'value');
    },
  };
}

function has(value: unknown, path: readonly PathSegment[]): boolean {
  const [key, ...rest] = path;
  return key === undefined || (Object.hasOwn(plain(value), key) && has(plain(value)[key], rest));
}

/** Whether one of two paths leads to the other. */
function beginsLike(axis: readonly PathSegment[], path: readonly PathSegment[]): boolean {
  return path.length > 0 && axis.every((segment, i) => i >= path.length || segment === path[i]);
}

type PlainMap = Readonly<Record<string, unknown>>;

function plain(value: unknown): PlainMap {
  return typeof value === 'object' && value !== null ? {...value} : {};
}

function withValue(map: PlainMap, [key, ...rest]: readonly PathSegment[], value: unknown): PlainMap {
  if (key === undefined) return map;
  return {...map, [key]: rest.length === 0 ? value : withValue(plain(map[key]), rest, value)};
}
