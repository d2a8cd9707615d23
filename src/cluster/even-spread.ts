import type {TopologyLevel} from './topology.js';

/**
 * The topology as a job of `numDevices` sees it: a scheduler takes as many devices of each unit, so
 * that groups of the job do not straddle units. A job of 256 on racks of 72 runs on 64 of each of 4.
 *
 * A level keeps its fan-out where no such split exists, or where the job fills its units.
 */
export function spreadEvenly(
  topology: readonly TopologyLevel[],
  numDevices: number,
): readonly TopologyLevel[] {
  let below = 1;
  return topology.map(level => {
    const fanOut = evenFanOut(level.fanOut, below, numDevices);
    below *= fanOut;
    return fanOut === level.fanOut ? level : {...level, fanOut};
  });
}

function evenFanOut(fanOut: number, below: number, numDevices: number): number {
  if (!Number.isFinite(fanOut) || numDevices % below !== 0) return fanOut;
  const parts = numDevices / below;
  for (let units = Math.ceil(parts / fanOut); units <= parts; units += 1) {
    // Emptier than half full is not what a scheduler does.
    if (parts / units < fanOut / 2 && units > 1) return fanOut;
    if (parts % units === 0) return parts / units;
  }
  return fanOut;
}
