import {namesAgree, type PartName, partName} from './part-name.js';

/** How a hardware profile is found from the words of a table of measurements. */
export interface NamedHardware {
  readonly name: string;
  /** Names of its accelerator in tables. */
  readonly matches: readonly string[];
  /** Words of its network; empty for the profile to take where the network is another one or not stated. */
  readonly matchesNetwork: readonly string[];
}

/** A profile, and what the row's word had to be taken as; null: the word is the profile's own. */
export interface MatchedHardware<Profile> {
  readonly profile: Profile;
  readonly assumption: string | null;
}

/**
 * The profile that a table's `hardware` and `internode_network` mean; null where none has that accelerator, or
 * where several have one of that name and the word does not tell which.
 *
 * A profile's own name means that profile, and one of the names that it lists the accelerator; otherwise names
 * are read for chip, memory and module. Of the profiles with the accelerator, the one whose network word is the
 * longest in the row's wins ("RoCE 400" before "RoCE"); without any, the first that claims no network of its own.
 */
export function matchHardware<Profile extends NamedHardware>(
  profiles: readonly Profile[],
  hardware: string,
  network: string,
): MatchedHardware<Profile> | null {
  const wanted = fold(hardware);
  const named = profiles.find(({name}) => fold(name) === wanted);
  if (named !== undefined) return {profile: named, assumption: null};
  const listed = profiles.filter(({matches}) => matches.some(name => fold(name) === wanted));
  if (listed.length > 0) {
    const profile = byNetwork(listed, network);
    return profile && {profile, assumption: null};
  }
  const read = byNetwork(sameChip(profiles, hardware), network);
  return read && {profile: read, assumption: `hardware ${hardware}: taken as ${read.name}`};
}

/** Profiles whose accelerator a name can mean; none where these are of several kinds and none is the usual one. */
function sameChip<Profile extends NamedHardware>(
  profiles: readonly Profile[],
  hardware: string,
): readonly Profile[] {
  const wanted = partName(hardware);
  if (wanted.chip === '') return [];
  const agreeing = profiles.filter(profile => namesAgree(kindOf(profile, wanted.chip), wanted));
  // What lists the bare chip is what its name means when nothing is added to it.
  const usual = agreeing.find(({matches}) => matches.some(name => isBare(name, wanted.chip))) ?? agreeing[0];
  if (usual === undefined) return [];
  const kind = kindOf(usual, wanted.chip);
  const alike = agreeing.filter(profile => namesAgree(kindOf(profile, wanted.chip), kind));
  const isUsual = usual.matches.some(name => isBare(name, wanted.chip));
  return isUsual || alike.length === agreeing.length ? alike : [];
}

/** What all names of a profile's accelerator say together. @param chip the one that is asked for */
function kindOf({name, matches}: NamedHardware, chip: string): PartName {
  const names = [...matches, name].map(partName);
  const known = names.some(part => part.chip === chip);
  return {
    chip: known ? chip : '',
    memory: names.find(({memory}) => memory !== null)?.memory ?? null,
    form: names.find(({form}) => form !== null)?.form ?? null,
  };
}

function isBare(name: string, wanted: string): boolean {
  const {chip, memory, form} = partName(name);
  return chip === wanted && memory === null && form === null;
}

function byNetwork<Profile extends NamedHardware>(
  candidates: readonly Profile[],
  network: string,
): Profile | null {
  const links = fold(network);
  let best: Profile | null = null;
  let longest = 0;
  for (const profile of candidates) {
    for (const word of profile.matchesNetwork) {
      if (word.length > longest && links.includes(fold(word))) {
        best = profile;
        longest = word.length;
      }
    }
  }
  return best ?? candidates.find(({matchesNetwork}) => matchesNetwork.length === 0) ?? null;
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}
