import type {TopologyLevel} from '../../../src/cluster/topology.js';
import {listHardware, readHardware} from '../../../src/plan-file/library/library.js';

const topologies = new Map(
  await Promise.all(
    listHardware().map(async name => {
      const read = await readHardware(name);
      if ('problems' in read) throw new Error(read.problems.map(({message}) => message).join('\n'));
      return [name, read.profile.topology] as const;
    }),
  ),
);

/** The topology of a shipped hardware profile. */
export function profileTopology(name: string): readonly TopologyLevel[] {
  const topology = topologies.get(name);
  if (topology === undefined) throw new Error(`no profile ${name}`);
  return topology;
}
