import {basename} from 'node:path';
import {parse} from 'yaml';
import type {Bench} from '../../calibration/bench/bench.js';
import {type BenchBase, type BenchFit, fitBench, nearestProfile} from '../../calibration/bench/fit-bench.js';
import {hardwareMatcher} from '../../calibration/match-hardware.js';
import {type OperatorValidation, sliceOperators} from '../../calibration/operator-rows/operator-slices.js';
import {operatorPricer, resultsOn} from '../../calibration/operator-rows/predict-operators.js';
import type {Cluster} from '../../cluster/cluster.js';
import {takenPath, writeNewFile} from '../../plan-file/edit/write-new-file.js';
import {withFullSources} from '../../plan-file/figures.js';
import {writeMeasuredProfile} from '../../plan-file/hardware/measured-profile.js';
import {resolveParts} from '../../plan-file/hardware/resolve-parts.js';
import {findHardware, readHardware} from '../../plan-file/library/library.js';
import {shippedParts} from '../../plan-file/library/part-files.js';
import type {Problem} from '../../plan-file/problem.js';
import {readText} from '../../plan-file/read-text.js';
import {problemOfFile} from '../../plan-file/source.js';
import {readBench} from '../../plan-file/tables/read-bench.js';
import {readAllHardware} from '../../plan-file/tables/row-knowledge.js';
import {benchJson} from '../../report/json/measured/bench-json.js';
import {renderBench} from '../../report/text/measured/bench-text.js';
import {type ExitCode, exitCodes} from '../answer/exit-code.js';
import {printJson, printLines, printProblems} from '../answer/output.js';
import {stdoutStyle} from '../answer/terminal-style.js';
import {version} from '../version.js';

export interface BenchOptions {
  readonly bench: string;
  readonly hardware?: string;
  readonly out?: string;
  readonly json: boolean;
}

/** Makes the profile of a machine from the JSON of the script that measured it. */
export async function calibrateBench(options: BenchOptions): Promise<ExitCode> {
  const read = await readBench(options.bench);
  if ('problems' in read) return printProblems(read.problems, options);
  const {bench} = read;
  const base = await baseOf(bench, options.hardware);
  if ('problems' in base) return printProblems(base.problems, options);
  const fit = fitBench(bench, base);
  // Fitted constants of frameworks belong to a machine by its name.
  const name = base.isKnown ? base.profile.name : `${slug(bench.machine.device)}-here`;
  const out = options.out ?? `${base.isKnown ? `${name}-here` : name}.yaml`;
  const problem = takenPath(out) ?? (await write(out, {name, bench, fit, options}));
  if (problem !== null) return printProblems([problem], options);
  const view = {
    name,
    file: basename(options.bench),
    device: bench.machine.device,
    fit,
    before: errorsOn(bench, fit.before),
    after: errorsOn(bench, fit.after),
    kernels: bench.kernels,
    noisyRows: bench.noisyRows,
    skipped: bench.skipped,
    out,
  };
  if (options.json) printJson(benchJson(view, version));
  else printLines(renderBench(stdoutStyle(), view));
  return exitCodes.done;
}

/** The machine that the user names, that of the device's name, or the nearest by its figures. */
async function baseOf(
  bench: Bench,
  hardware: string | undefined,
): Promise<BenchBase | {readonly problems: readonly Problem[]}> {
  if (hardware !== undefined) {
    const read = await readHardware(hardware);
    return 'problems' in read ? read : {profile: read.profile, isKnown: true};
  }
  const all = await readAllHardware();
  if ('problems' in all) return all;
  const matched = bench.machine.isProcessor ? null : hardwareMatcher(all.profiles)(bench.machine.device, '');
  return matched === null
    ? {profile: nearestProfile(all.profiles, bench), isKnown: false}
    : {profile: matched.profile, isKnown: true};
}

async function write(
  out: string,
  {
    name,
    bench,
    fit,
    options,
  }: {readonly name: string; readonly bench: Bench; readonly fit: BenchFit; readonly options: BenchOptions},
): Promise<Problem | null> {
  const reference = options.hardware ?? fit.profile.name;
  const found = await findHardware(reference, ['.']);
  if ('message' in found) return problemOfFile(reference, found);
  const file = readText(found.path);
  if ('message' in file) return problemOfFile(reference, file);
  const {machine, created} = bench;
  const stated = parse(file.text);
  const resolved = await resolveParts(withFullSources(stated), shippedParts());
  if (!('facts' in resolved)) throw new Error(`${reference} cannot be read again`);
  const text = writeMeasuredProfile({
    name,
    description: `Measured on ${created.slice(0, 10)}: ${machine.devicesPerNode} x ${machine.device} a node`,
    fit,
    base: stated,
    resolved: resolved.facts,
    evidence: `${basename(options.bench)}, ${created.slice(0, 10)}, PyTorch ${machine.torch}`,
  });
  return writeNewFile(out, text);
}

function errorsOn({kernels, collectives}: Bench, machine: Cluster): OperatorValidation {
  return sliceOperators(
    resultsOn([...kernels, ...collectives], {profile: machine.hardware, price: operatorPricer(machine)}),
  );
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
