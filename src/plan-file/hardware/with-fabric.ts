import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import {nodeLinks, type TopologyLevel} from '../../cluster/topology.js';
import type {Problem} from '../problem.js';
import type {Finding} from '../source.js';

/** A network that a plan names by its kind. */
export interface StatedFabric {
  readonly kind: string;
  /** Bytes a second of one node, one direction. */
  readonly bandwidth: number;
}

export type FabricRead =
  | {readonly levelOn: (profile: HardwareProfile) => TopologyLevel}
  | {readonly findings: readonly Finding[]}
  | {readonly problems: readonly Problem[]};

/** The machine with one level in place of all that its nodes were joined by. */
export function withFabric(profile: HardwareProfile, level: TopologyLevel): HardwareProfile {
  return {...profile, topology: [...nodeLinks(profile.topology), level]};
}
