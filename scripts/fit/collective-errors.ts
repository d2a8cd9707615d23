import {collectiveOps, priceCollective} from '../../src/calibration/collective-rows/price-collective.js';
import {hardwareMatcher} from '../../src/calibration/match-hardware.js';
import type {HardwareProfile} from '../../src/cluster/hardware-profile.js';
import {readCsvTable, type TableRow} from '../../src/import/csv-table.js';
import {listHardware, readHardware} from '../../src/plan-file/library/library.js';
import {bytes} from '../../src/units/quantities.js';

/** A row of a table of collectives with what the model gives it. */
export interface PricedRow {
  readonly row: TableRow;
  readonly machine: string;
  readonly op: string;
  /** Name of the profile that the row was priced on; null: none. */
  readonly profile: string | null;
  /** Why the row has no answer; null where it has. */
  readonly reason: string | null;
  readonly measured: number;
  readonly predicted: number;
}

/** Every profile of the package. */
export async function readProfiles(): Promise<readonly HardwareProfile[]> {
  const read = await Promise.all(listHardware().map(name => readHardware(name)));
  return read.map(profile => {
    if ('problems' in profile) throw new Error(JSON.stringify(profile.problems));
    return profile.profile;
  });
}

/** Rows of a table in the columns of collectives-4.csv or of collectives.csv, priced on the profiles of their machines. */
export function priceRows(text: string, profiles: readonly HardwareProfile[]): readonly PricedRow[] {
  const table = readCsvTable(text);
  if ('problems' in table) throw new Error(table.problems[0]?.message);
  const machineNamed = hardwareMatcher(profiles);
  return table.rows.map(row => {
    const network = row.network ?? '';
    const op = row.op ?? row.collective ?? '';
    const measured = Number(row.seconds_median) || secondsOfRate(row);
    const base = {row, machine: row.machine || `${row.hardware}, ${network}`, op, measured};
    const without = (reason: string, profile: string | null = null): PricedRow => ({
      ...base,
      profile,
      reason,
      predicted: Number.NaN,
    });
    const matched =
      (row.machine ? machineNamed(row.machine, network) : null) ?? machineNamed(row.hardware ?? '', network);
    if (matched === null) return without('no profile');
    const {name, topology} = matched.profile;
    if (otherLibrary.test(row.library ?? '')) return without('another library than that of the stacks', name);
    const kind = collectiveOps[op];
    if (kind === undefined) return without('no such collective', name);
    const size = Number(row.bytes ?? row.size_bytes);
    if (!(size > 0) || !(measured > 0)) return without('no bytes or seconds', name);
    const predicted = priceCollective(topology, {
      kind,
      bytes: bytes(size),
      nodes: Number(row.nodes),
      devicesPerNode: Number(row.gpus_per_node),
    });
    return predicted === null
      ? without('more devices a node than the profile', name)
      : {...base, profile: name, reason: null, predicted};
  });
}

/** Libraries that no stack of ours calls. */
const otherLibrary = /MPICH|two levels/;

/** collectives.csv states bus bandwidth instead of seconds. */
function secondsOfRate(row: TableRow): number {
  const ranks = Number(row.num_gpus);
  const bus = Number(row.busbw_GBps) * 1e9;
  const passes = row.collective === 'all_reduce' ? 2 : 1;
  return (passes * Number(row.size_bytes) * (ranks - 1)) / ranks / bus;
}
