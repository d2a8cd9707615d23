import {basename} from 'node:path';
import {readCsvTable} from '../../import/csv-table.js';
import {collectFigures} from '../figures.js';
import type {Problem} from '../problem.js';
import type {FileText} from '../read-text.js';
import {check} from '../schema/check.js';
import {frameworkSchema} from '../schema/stack-schema.js';
import {locateFinding, parseSource} from '../source.js';
import type {FittedRows} from './fitted-rows.js';
import {anyMachine, type FrameworkData, type FrameworkFigure, type Frameworks} from './framework-data.js';

/** Texts of the two files of a framework; `fits` is null where nothing was fitted to runs of it. */
export interface FrameworkText extends FileText {
  readonly fits: FileText | null;
}

export type FrameworksRead = {readonly frameworks: Frameworks} | {readonly problems: readonly Problem[]};

/** Reads the files of all frameworks. */
export async function readFrameworkTexts(texts: readonly FrameworkText[]): Promise<FrameworksRead> {
  const read = await Promise.all(texts.map(readFramework));
  const problems = read.flatMap(each => ('problems' in each ? each.problems : []));
  if (problems.length > 0) return {problems};
  const named = read.flatMap(each => ('data' in each ? [[each.name, each.data] as const] : []));
  return {frameworks: Object.fromEntries(named)};
}

type FrameworkRead =
  | {readonly name: string; readonly data: FrameworkData}
  | {readonly problems: readonly Problem[]};

async function readFramework({path, text, fits}: FrameworkText): Promise<FrameworkRead> {
  const read = parseSource(path, text);
  if (!('source' in read) || read.problems.length > 0) return {problems: read.problems};
  const checked = await check(frameworkSchema, read.value);
  const rows = fits === null ? {rows: []} : readFittedRows(fits);
  const problems = [
    ...('findings' in checked ? checked.findings.map(finding => locateFinding(read.source, finding)) : []),
    ...('problems' in rows ? rows.problems : []),
  ];
  if (problems.length > 0 || 'findings' in checked || 'problems' in rows) return {problems};
  const {sources, machines, fittedWith, stated} = checked.value;
  const fitted = Object.fromEntries(
    Object.entries(checked.value.fitted).map(([machine, {facts}]) => [machine, facts]),
  );
  const figures = frameworkFigures(read.value as Record<string, unknown>, sources);
  return {
    name: basename(path, '.yaml'),
    data: {stated, fittedWith, machines, fitted, rows: rows.rows, figures},
  };
}

function readFittedRows({
  path,
  text,
}: FileText): {readonly rows: readonly FittedRows[]} | {readonly problems: readonly Problem[]} {
  const table = readCsvTable(text);
  if ('problems' in table) {
    return {
      problems: table.problems.map(({line, message}) => ({
        file: path,
        line,
        column: 1,
        path: '',
        message,
        hint: '',
      })),
    };
  }
  return {
    rows: table.rows.map(({machine = '', table: file = '', rows = ''}) => ({machine, table: file, rows})),
  };
}

/** Stated facts with their own sources, fitted ones with the fit as theirs. */
function frameworkFigures(
  {machines = {}, fitted = {}, ...stated}: Readonly<Record<string, unknown>>,
  sources: Readonly<Record<string, string>>,
): FrameworkFigure[] {
  const statedOn = (machine: string | null, facts: unknown) =>
    collectFigures(facts, [], sources).map(figure => ({...figure, machine}));
  return [
    ...statedOn(null, stated),
    ...Object.entries(machines as object).flatMap(([machine, facts]) => statedOn(machine, facts)),
    ...Object.entries(fitted as object).flatMap(([machine, facts]) => fittedFigures(machine, facts)),
  ];
}

function fittedFigures(machine: string, facts: Readonly<Record<string, unknown>>): FrameworkFigure[] {
  const source = `fitted to runs on ${machine === anyMachine ? 'any machine' : 'this machine'}`;
  const withSource = Object.entries(facts).map(([key, value]) => [
    key,
    typeof value === 'object' ? {...value, source} : {value, source},
  ]);
  return collectFigures(Object.fromEntries(withSource), [], {}).map(figure => ({...figure, machine}));
}
