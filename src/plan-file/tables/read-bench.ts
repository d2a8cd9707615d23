import type {Bench} from '../../calibration/bench/bench.js';
import {type CollectiveRow, parseCollectiveRow} from '../../calibration/collective-rows/collective-row.js';
import {type KernelRow, parseKernelRow} from '../../calibration/kernel-rows/kernel-row.js';
import type {Problem} from '../problem.js';
import {readText} from '../read-text.js';
import {benchSchema} from '../schema/bench-schema.js';
import {check} from '../schema/check.js';
import {type Finding, locateFinding, parseSource, problemOfFile} from '../source.js';

/** Reads the JSON of the script that measures a machine. */
export async function readBench(
  path: string,
): Promise<{readonly bench: Bench} | {readonly problems: readonly Problem[]}> {
  const file = readText(path);
  if ('message' in file) return {problems: [problemOfFile(path, file)]};
  const read = parseSource(path, file.text);
  if (!('source' in read) || read.problems.length > 0) return {problems: read.problems};
  const {source, value} = read;
  if (typeof value !== 'object' || value === null || !('walltime_bench' in value)) {
    const hint = 'walltime hardware measure writes the script whose JSON this takes';
    return {problems: [problemOfFile(path, {message: 'is no measurement of a machine', hint})]};
  }
  const checked = await check(benchSchema, value);
  const failed = (findings: readonly Finding[]) => ({
    problems: findings.map(finding => locateFinding(source, finding)),
  });
  if ('findings' in checked) return failed(checked.findings);
  const {machine, rows, created, skipped = []} = checked.value;
  const kernels: KernelRow[] = [];
  const collectives: CollectiveRow[] = [];
  const findings: Finding[] = [];
  for (const [i, stated] of rows.entries()) {
    const cells = Object.fromEntries(
      Object.entries(stated).map(([column, value]) => [column, value === null ? '' : String(value)]),
    );
    const own = {hardware: machine.device.name, id: `row-${i + 1}`, ...cells};
    const parsed = 'ranks' in stated ? parseCollectiveRow(own) : parseKernelRow(own);
    if (parsed.row.kind === 'kernel') kernels.push(parsed.row);
    else collectives.push(parsed.row);
    for (const {column, message, hint} of parsed.faults) {
      findings.push({path: ['rows', i, column], at: 'value', message, hint});
    }
  }
  if (findings.length > 0) return failed(findings);
  const {device, host, devices_per_node, devices_seen = devices_per_node} = machine;
  return {
    bench: {
      created,
      machine: {
        device: device.name,
        isProcessor: device.type === 'cpu',
        memoryBytes: device.memory_bytes,
        computeUnits: device.compute_units,
        devicesPerNode: Math.max(devices_per_node, devices_seen),
        hostMemoryBytes: host.memory_bytes ?? null,
        torch: machine.software.torch,
      },
      kernels,
      collectives,
      noisyRows: rows.filter(isNoisy).length,
      skipped: skipped.map(({op, reason}) => ({op, reason})),
    },
  };
}

/** Ratio of slow to fast samples from which a machine was busy with other work. */
const noisyFrom = 2;

function isNoisy({seconds_p10: fast, seconds_p90: slow}: Readonly<Record<string, unknown>>): boolean {
  return Number(slow) > noisyFrom * Number(fast);
}
