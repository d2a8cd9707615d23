import {matchHardware} from '../../calibration/match-hardware.js';
import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import {listHardware, readHardware} from '../../plan-file/library/library.js';
import type {MatchedRow} from './match-rows.js';

/**
 * Rows of a table without those that say that they ran on another accelerator; these come with that as
 * their reason. A table without any row of this accelerator stays as it is: whoever names the machine
 * knows better than the words of the table.
 */
export async function rowsOfMachine(
  rows: readonly MatchedRow[],
  machine: HardwareProfile,
): Promise<readonly MatchedRow[]> {
  const read = await Promise.all(listHardware().map(name => readHardware(name)));
  const profiles = read.flatMap(profile => ('profile' in profile ? [profile.profile] : []));
  const isElsewhere = (row: MatchedRow) => {
    if (!('run' in row)) return false;
    const stated = matchHardware(profiles, row.run.hardware, row.run.network);
    return stated !== null && stated.profile.accelerator.name !== machine.accelerator.name;
  };
  if (rows.every(row => !('run' in row) || isElsewhere(row))) return rows;
  return rows.map(row =>
    isElsewhere(row) ? {id: row.id, reason: `ran on another machine than ${machine.name}`} : row,
  );
}
