import type {HardwareNames} from '../cluster/hardware-profile.js';
import {countInName, devicesOfSlice, isSlicePattern, partKey} from '../cluster/part-name.js';

/** How a hardware profile is found from the words of a plan, an option or a table. */
export interface NamedHardware {
  readonly name: string;
  readonly names: HardwareNames;
}

/** The profile that a name means. */
export interface MatchedHardware<Profile> {
  readonly profile: Profile;
  /** What the name was taken as; null where it is one of the profile's own. */
  readonly assumption: string | null;
  /** Null: the name counts no devices. */
  readonly count: CountedDevices | null;
}

/** Devices that a name counts: "8x H100" eight, "v5p-512" the 256 chips of a slice. */
export interface CountedDevices {
  readonly devices: number;
  /** A slice has no other size. */
  readonly isSlice: boolean;
}

/** Finds the profile that a name of a machine or of an accelerator means, on a network; null where none has that name. */
export type HardwareMatcher<Profile> = (hardware: string, network: string) => MatchedHardware<Profile> | null;

/**
 * The matcher of some profiles.
 *
 * Of the machines with an accelerator, the one whose network word is the longest in the network's name wins
 * ("RoCE 400" before "RoCE"), and without any the accelerator's usual one.
 */
export function hardwareMatcher<Profile extends NamedHardware>(
  profiles: readonly Profile[],
): HardwareMatcher<Profile> {
  const machines = new Map<string, Profile>();
  const byAccelerator = new Map<string, Profile[]>();
  for (const profile of profiles) {
    for (const name of [profile.name, ...profile.names.machine]) machines.set(partKey(name), profile);
    for (const key of new Set(profile.names.accelerator.map(partKey))) {
      byAccelerator.set(key, [...(byAccelerator.get(key) ?? []), profile]);
    }
  }
  const sliced = profiles.filter(({names}) => names.accelerator.some(isSlicePattern));
  return (hardware, network) => {
    const key = partKey(hardware);
    const slices = sliced.filter(profile => sliceOf(profile, hardware) !== null);
    const candidates = slices.length > 0 ? slices : (byAccelerator.get(key) ?? []);
    const profile = candidates.length > 0 ? byNetwork(candidates, network) : (machines.get(key) ?? null);
    if (profile === null) return null;
    const slice = sliceOf(profile, hardware);
    const known = [profile.name, ...profile.names.machine, ...profile.names.accelerator].map(fold);
    const isListed = slice !== null || known.includes(fold(hardware));
    return {
      profile,
      assumption: isListed ? null : `hardware ${hardware}: taken as ${profile.name}`,
      count: countOf(hardware, slice),
    };
  };
}

/** The matcher of someone who knows the machine better than any name. */
export function alwaysHardware<Profile>(profile: Profile): HardwareMatcher<Profile> {
  return () => ({profile, assumption: null, count: null});
}

function countOf(hardware: string, slice: number | null): CountedDevices | null {
  if (slice !== null) return {devices: slice, isSlice: true};
  const devices = countInName(hardware);
  return devices === null ? null : {devices, isSlice: false};
}

function sliceOf({names}: NamedHardware, hardware: string): number | null {
  const [devices = null] = names.accelerator.flatMap(name => devicesOfSlice(name, hardware) ?? []);
  return devices;
}

function byNetwork<Profile extends NamedHardware>(
  candidates: readonly Profile[],
  network: string,
): Profile | null {
  const links = network.toLowerCase();
  let best: Profile | null = null;
  let longest = 0;
  for (const profile of candidates) {
    for (const word of profile.names.networks) {
      if (word.length > longest && links.includes(word.toLowerCase())) {
        best = profile;
        longest = word.length;
      }
    }
  }
  return best ?? candidates.find(({names}) => names.usual) ?? null;
}

/** Case and remarks in parentheses make no other name. */
function fold(text: string): string {
  return text
    .replace(/\(.*?\)/g, ' ')
    .trim()
    .toLowerCase();
}
