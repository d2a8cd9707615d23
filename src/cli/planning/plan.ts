import {type Command, Option} from 'commander';
import {problemOfFile} from '../../plan-file/source.js';
import {readStudy} from '../../plan-file/study/read-study.js';
import {goalLoss} from '../../scaling/loss/plan-loss.js';
import type {SearchShard} from '../../search/search-result.js';
import {answerOfParts, type VariantPart} from '../../search/variants/parted-search.js';
import {type Risk, risks} from '../../units/band.js';
import {type ExitCode, exitCodes} from '../answer/exit-code.js';
import {printJson, printProblems} from '../answer/output.js';
import {type PrintOptions, printAnswer} from '../answer/print-answer.js';
import {parsePositiveWholeNumber, parseWholeNumber, shard, share} from '../option-values.js';
import {digestOf, type PartFile, writePartFile} from '../search/part-file.js';
import {isDone, runSearch} from '../search/run-search.js';
import {readSnapshot} from '../search/snapshot-file.js';
import {version} from '../version.js';
import {loadPlan} from './solve-plan.js';

interface PlanOptions extends PrintOptions {
  readonly top: number;
  readonly timing: boolean;
  readonly csv: boolean;
  readonly risk: Risk;
  readonly threads: number;
  readonly shard?: SearchShard;
  readonly out?: string;
  readonly resume?: string;
}

export function declarePlan(command: Command): void {
  command
    .argument('<file>', 'plan file')
    .option('--write', 'write the best layout into the plan file', false)
    .option('--top <n>', 'how many runners-up to show', parseWholeNumber, 5)
    .addOption(
      new Option('--risk <figure>', 'plan on the median or on the pessimistic estimate')
        .choices(risks)
        .default('p50'),
    )
    .option('--sensitivity', 'tell what each hardware figure and setting is worth', false)
    .option('--faster <share>', 'tell what would make it so much faster, such as 20%', share)
    .option('--html <file>', 'write the answer as a page for a browser, too')
    .option('--threads <n>', 'search on at most this many threads', parsePositiveWholeNumber, 1)
    .option('--shard <i/n>', 'search one of n parts; auto: the one of a job array; wants --out', shard)
    .option('--out <file>', 'write what the shard found, for walltime merge')
    .option('--resume <file>', 'keep what is found in this file, and go on from it')
    .option('--timing', 'tell how long the search took', false)
    .option('--json', 'print one JSON document', false)
    .option('--csv', 'print the plans of a study as CSV', false)
    .addHelpText(
      'after',
      `
What the layout section of the plan states is kept; the planner chooses the rest, and the values
of what the search section opens beside the layout: hardware, nodes, batch, sequence, precision.
The answer depends on the plan alone, whatever the threads and shards: without --timing the seconds
of the search are null in the JSON.

A plan with a study section is a study: every combination of its values is planned, a row each.

Ctrl-C prints the best so far, not certified, with exit status 130; with --resume the same command
goes on from there later and ends with the same answer. A shard of a single design runs on one
thread, however many are allowed.

--sensitivity doubles and halves one figure at a time and plans anew; --faster 20% seeks the least
change of each figure with which the run takes 1 / 1.2 of its time.

Examples:
  $ walltime plan plans/frontier-175b.yaml --top 3
  $ walltime plan plans/llama-3-70b-h100.yaml --risk p90 --sensitivity
  $ walltime plan plans/frontier-175b.yaml --shard 1/4 --out 1.json   # then: walltime merge *.json

Exit status: 0 done, 1 nothing fits or meets the goal, 2 bad input, 130 ended by Ctrl-C`,
    )
    .action(async (file: string, options: PlanOptions) => {
      process.exitCode = await plan(file, options);
    });
}

const wholeSpace: SearchShard = {index: 0, of: 1};

async function plan(file: string, options: PlanOptions): Promise<ExitCode> {
  const {shard: own, out, resume} = options;
  if ((own === undefined) !== (out === undefined)) {
    const [message, hint] =
      out === undefined
        ? ['--shard says which part to search, and nothing where to write it', 'add --out FILE']
        : ['--out is for the result of a shard', 'add --shard 1/2, or use --resume FILE'];
    return printProblems([problemOfFile(file, {message, hint})], options);
  }
  const study = await readStudy(file);
  if (study !== null) {
    if ('problems' in study) return printProblems(study.problems, options);
    const {planStudy} = await import('./study.js');
    return planStudy(file, study, options);
  }
  const loaded = await loadPlan(file);
  if ('problems' in loaded) return printProblems(loaded.problems, options);
  const partFile = (parts: readonly VariantPart[], complete: boolean): PartFile => ({
    walltime: version,
    kind: 'search-part',
    plan: {path: file, text: loaded.source.text},
    digest: digestOf(loaded.space),
    options: {alternatives: options.top, risk: options.risk},
    shard: own ?? wholeSpace,
    complete,
    parts: [...parts].sort(
      (a, b) => a.variant - b.variant || a.snapshot.shard.index - b.snapshot.shard.index,
    ),
  });
  const begun = resume === undefined ? {parts: []} : readSnapshot(resume, partFile([], false));
  if ('problem' in begun) return printProblems([begun.problem], options);
  const answer = {alternatives: options.top, risk: options.risk, lossOf: goalLoss};
  const started = performance.now();
  const run = await runSearch(loaded.space, {
    answer,
    shard: own ?? wholeSpace,
    threads: options.threads,
    begun: begun.parts,
    ...(resume === undefined
      ? {}
      : {keep: (parts: readonly VariantPart[]) => void writePartFile(resume, partFile(parts, false))}),
  });
  const seconds = (performance.now() - started) / 1000;
  for (const path of [resume, run.interrupted ? undefined : out]) {
    if (path === undefined) continue;
    const problem = writePartFile(path, partFile(run.parts, !run.interrupted && run.parts.every(isDone)));
    if (problem !== null) return printProblems([problem], options);
  }
  if (run.interrupted && run.parts.length === 0) return exitCodes.interrupted;
  if (own !== undefined) return printShard(out ?? '', own, run.interrupted, options);
  const timing = {seconds: options.timing ? seconds : null, threads: run.threads};
  const exit = await printAnswer(loaded, answerOfParts(loaded.space, answer, run.parts), timing, options);
  return run.interrupted ? exitCodes.interrupted : exit;
}

function printShard(
  out: string,
  {index, of}: SearchShard,
  interrupted: boolean,
  {json}: {readonly json: boolean},
): ExitCode {
  if (interrupted) return exitCodes.interrupted;
  if (json) printJson({walltime: version, shard: {index, of}, out});
  else process.stderr.write(`wrote shard ${index + 1}/${of} to ${out}\n`);
  return exitCodes.done;
}
