/** How a hardware profile is found from the words of a table of measurements. */
export interface NamedHardware {
  readonly name: string;
  /** Names of its accelerator in tables. */
  readonly matches: readonly string[];
  /** Words of its network; empty for the profile to take where the network is another one or not stated. */
  readonly matchesNetwork: readonly string[];
}

/**
 * The profile that a table's `hardware` and `internode_network` mean; null where none has that accelerator.
 *
 * A profile's own name means that profile. Of the profiles with the accelerator, the one whose network word is the longest in the row's wins
 * ("RoCE 400" before "RoCE"); without any, the first that claims no network of its own.
 */
export function matchHardware<Profile extends NamedHardware>(
  profiles: readonly Profile[],
  hardware: string,
  network: string,
): Profile | null {
  const wanted = fold(hardware);
  const named = profiles.find(({name}) => fold(name) === wanted);
  if (named !== undefined) return named;
  const candidates = profiles.filter(({matches}) => matches.some(name => fold(name) === wanted));
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
