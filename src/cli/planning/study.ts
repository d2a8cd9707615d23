import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import type {Problem} from '../../plan-file/problem.js';
import {problemOfFile} from '../../plan-file/source.js';
import type {Study, StudyCell} from '../../plan-file/study/read-study.js';
import {studyCsv} from '../../report/study/study-csv.js';
import {infeasibleRow, type StudyRow, studyRow} from '../../report/study/study-row.js';
import {renderStudy} from '../../report/study/study-table.js';
import {goalLoss} from '../../scaling/loss/plan-loss.js';
import {pinProblems} from '../../search/pin-problems.js';
import type {SearchShard} from '../../search/search-result.js';
import {answerVariants, withPossiblePins} from '../../search/variants/search-variants.js';
import type {Risk} from '../../units/band.js';
import {type ExitCode, exitCodes} from '../answer/exit-code.js';
import {printJson, printLines, printProblems} from '../answer/output.js';
import {makeProgress} from '../answer/progress.js';
import {stdoutStyle} from '../answer/terminal-style.js';
import {readStoredFile, type StudyFile, writePartFile} from '../search/part-file.js';
import {version} from '../version.js';

interface StudyOptions {
  readonly json: boolean;
  readonly csv: boolean;
  readonly risk: Risk;
  readonly shard?: SearchShard;
  readonly out?: string;
  readonly resume?: string;
}

/** Plans every combination of a study's axes, or a shard of them. */
export async function planStudy(file: string, study: Study, options: StudyOptions): Promise<ExitCode> {
  const shard = options.shard ?? {index: 0, of: 1};
  const digest = digestOfStudy(study);
  const stored = (rows: readonly StudyRow[], complete: boolean): StudyFile => ({
    walltime: version,
    kind: 'study-part',
    plan: {path: file, text: study.source.text},
    digest,
    options: {risk: options.risk},
    shard,
    complete,
    axes: study.axes,
    cells: study.cells.length,
    rows,
  });
  const begun = options.resume === undefined ? [] : begunRows(options.resume, stored([], false));
  if ('message' in begun) return printProblems([begun], options);
  const {rows, interrupted} = await runCells(study, shard, options.risk, begun, done => {
    if (options.resume !== undefined) writePartFile(options.resume, stored(done, false));
  });
  for (const path of [options.resume, interrupted ? undefined : options.out]) {
    const problem = path === undefined ? null : writePartFile(path, stored(rows, !interrupted));
    if (problem !== null) return printProblems([problem], options);
  }
  if (options.shard === undefined) printStudy(study.axes, rows, study.cells.length, options);
  else if (options.json) printJson({walltime: version, shard, out: options.out});
  else if (!interrupted)
    process.stderr.write(`wrote shard ${shard.index + 1}/${shard.of} to ${options.out}\n`);
  if (interrupted) return exitCodes.interrupted;
  return options.shard !== undefined || rows.some(({verdict}) => verdict === 'meets')
    ? exitCodes.done
    : exitCodes.noPlan;
}

/** Prints the table of a study: the same for a single run and for merged shards. */
export function printStudy(
  axes: readonly string[],
  rows: readonly StudyRow[],
  cells: number,
  {json, csv}: {readonly json: boolean; readonly csv: boolean},
): void {
  if (json) printJson({walltime: version, study: {axes, cells}, rows});
  else if (csv) printLines([studyCsv(axes, rows)]);
  else printLines(renderStudy(stdoutStyle(), axes, rows, cells));
}

/** Digest of every plan as it was read, with its model and its hardware. */
function digestOfStudy({cells}: Study): string {
  const plans = cells.map(({values, plan}) => [values, 'infeasible' in plan ? plan : plan.space]);
  return createHash('sha256').update(JSON.stringify(plans)).digest('hex').slice(0, 32);
}

function begunRows(path: string, wanted: StudyFile): readonly StudyRow[] | Problem {
  if (!existsSync(path)) return [];
  const read = readStoredFile(path);
  if ('problem' in read) return read.problem;
  const {file} = read;
  const isSame =
    file.kind === 'study-part' &&
    file.digest === wanted.digest &&
    file.options.risk === wanted.options.risk &&
    file.shard.index === wanted.shard.index &&
    file.shard.of === wanted.shard.of;
  if (isSame) return file.rows;
  const hint = 'name another file, or remove it';
  return problemOfFile(path, {message: 'holds another study, shard or risk', hint});
}

const betweenSnapshots = 1000;

async function runCells(
  {axes, cells}: Study,
  shard: SearchShard,
  risk: Risk,
  begun: readonly StudyRow[],
  keep: (rows: readonly StudyRow[]) => void,
): Promise<{readonly rows: readonly StudyRow[]; readonly interrupted: boolean}> {
  const rows = [...begun];
  let stopped = false;
  const stop = () => {
    stopped = true;
  };
  process.once('SIGINT', stop);
  const progress = makeProgress('planning the study');
  const own = cells
    .map((cell, index) => ({cell, index}))
    .filter(({index}) => index % shard.of === shard.index && !begun.some(row => row.cell === index));
  let lastSaved = Number.NEGATIVE_INFINITY;
  let done = 0;
  for (const {cell, index} of own) {
    const values = Object.fromEntries(axes.map((axis, i) => [axis, cell.values[i]]));
    rows.push(rowOf({cell: index, values}, cell, risk));
    done += 1;
    progress.update(done, own.length);
    if (performance.now() - lastSaved > betweenSnapshots) {
      keep(rows);
      lastSaved = performance.now();
    }
    await new Promise(resolve => setImmediate(resolve));
    if (stopped) break;
  }
  process.off('SIGINT', stop);
  progress.finish();
  return {rows: rows.sort((a, b) => a.cell - b.cell), interrupted: done < own.length};
}

function rowOf(named: Pick<StudyRow, 'cell' | 'values'>, {plan}: StudyCell, risk: Risk): StudyRow {
  if ('infeasible' in plan) return infeasibleRow(named, plan.infeasible);
  const space = withPossiblePins(plan.space);
  if (space.variants.length === 0) {
    return infeasibleRow(named, pinProblems(plan.plan)[0]?.message ?? 'no design is possible');
  }
  return studyRow(named, answerVariants(space, {alternatives: 0, risk, lossOf: goalLoss}));
}
