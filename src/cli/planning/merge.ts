import type {Command} from 'commander';
import type {Problem} from '../../plan-file/problem.js';
import {readPlanText} from '../../plan-file/read-plan.js';
import {problemOfFile} from '../../plan-file/source.js';
import {goalLoss} from '../../scaling/loss/plan-loss.js';
import {answerOfParts} from '../../search/variants/parted-search.js';
import {withPossiblePins} from '../../search/variants/search-variants.js';
import {type ExitCode, exitCodes} from '../answer/exit-code.js';
import {printProblems} from '../answer/output.js';
import {printAnswer} from '../answer/print-answer.js';
import {digestOf, type PartFile, readStoredFile, type StoredFile} from '../search/part-file.js';
import {printStudy} from './study.js';

interface MergeOptions {
  readonly json: boolean;
  readonly csv: boolean;
}

export function declareMerge(command: Command): void {
  command
    .argument('<file...>', 'what walltime plan --shard i/n --out FILE wrote, of each shard')
    .option('--json', 'print one JSON document', false)
    .option('--csv', 'print the plans of a study as CSV', false)
    .addHelpText(
      'after',
      `
The answer is that of walltime plan in one go, to the byte.

Example:
  $ walltime plan plans/frontier-175b.yaml --shard 1/2 --out 1.json
  $ walltime plan plans/frontier-175b.yaml --shard 2/2 --out 2.json
  $ walltime merge 1.json 2.json

Exit status: 0 done, 1 nothing fits or meets the goal, 2 bad input`,
    )
    .action(async (files: string[], options: MergeOptions) => {
      process.exitCode = await merge(files, options);
    });
}

interface NamedPart<File = StoredFile> {
  readonly path: string;
  readonly file: File;
}

async function merge(paths: readonly string[], options: MergeOptions): Promise<ExitCode> {
  const read = paths.map(path => ({path, ...readStoredFile(path)}));
  const problems = read.flatMap(one => ('problem' in one ? [one.problem] : []));
  const shards = read.flatMap(one => ('file' in one ? [{path: one.path, file: one.file}] : []));
  const [first] = shards;
  if (problems.length > 0 || first === undefined) return printProblems(problems, options);
  const apart = mergeProblems(first, shards);
  if (apart.length > 0) return printProblems(apart, options);
  const studies = shards.flatMap(({file}) => (file.kind === 'study-part' ? [file] : []));
  const [study] = studies;
  if (study !== undefined) {
    const rows = studies.flatMap(file => file.rows).sort((a, b) => a.cell - b.cell);
    printStudy(study.axes, rows, study.cells, options);
    return rows.some(({verdict}) => verdict === 'meets') ? exitCodes.done : exitCodes.noPlan;
  }
  return mergeSearches(
    first.path,
    shards.flatMap(({file}) => (file.kind === 'search-part' ? [file] : [])),
    options,
  );
}

async function mergeSearches(
  path: string,
  files: readonly PartFile[],
  options: MergeOptions,
): Promise<ExitCode> {
  const [first] = files;
  if (first === undefined) throw new Error('there is a file to merge');
  const {plan, digest, options: asked} = first;
  const loaded = await readPlanText(plan.path, plan.text);
  if ('problems' in loaded) return printProblems(loaded.problems, options);
  const space = withPossiblePins(loaded.space);
  if (digestOf(space) !== digest) {
    const message = `was searched with another model or hardware than ${plan.path} names here`;
    const hint = 'merge where the shards were searched, or search again';
    return printProblems([problemOfFile(path, {message, hint})], options);
  }
  const parts = files.flatMap(file => file.parts);
  const answer = answerOfParts(space, {...asked, lossOf: goalLoss}, parts);
  const printing = {json: options.json, write: false, sensitivity: false, risk: asked.risk};
  return printAnswer({...loaded, space}, answer, {seconds: null, threads: 1}, printing);
}

/** Why files are not all shards of one search, each once. */
function mergeProblems(first: NamedPart, shards: readonly NamedPart[]): Problem[] {
  const {digest, options, shard} = first.file;
  const problems: Problem[] = [];
  const add = (path: string, message: string, hint: string) =>
    problems.push(problemOfFile(path, {message, hint}));
  const seen = new Map<number, string>();
  for (const {path, file} of shards) {
    const {index, of} = file.shard;
    const earlier = seen.get(index);
    if (file.digest !== digest) {
      add(path, `is of another plan than ${first.path}`, 'merge the shards of one plan');
    } else if (JSON.stringify(file.options) !== JSON.stringify(options)) {
      add(
        path,
        `was searched with other options than ${first.path}`,
        'give all shards the same --top and --risk',
      );
    } else if (of !== shard.of) {
      add(
        path,
        `is shard ${index + 1}/${of}, but ${first.path} is one of ${shard.of}`,
        'merge one division of the plan',
      );
    } else if (!file.complete) {
      add(path, `is not done`, `run shard ${index + 1}/${of} again`);
    } else if (earlier !== undefined) {
      add(path, `is shard ${index + 1}/${of}, and so is ${earlier}`, 'name each shard once');
    }
    seen.set(index, path);
  }
  if (problems.length > 0) return problems;
  const missing = Array.from({length: shard.of}, (_, index) => index).filter(index => !seen.has(index));
  if (missing.length > 0) {
    const names = missing.map(index => `${index + 1}/${shard.of}`).join(', ');
    const one = missing.length === 1;
    add(
      first.path,
      `shard${one ? '' : 's'} ${names} ${one ? 'is' : 'are'} missing`,
      'run what is missing, and name all files',
    );
  }
  return problems;
}
