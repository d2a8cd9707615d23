import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import {anyMachine, type Frameworks} from '../frameworks/framework-data.js';
import {resolveStacks, type StacksByName} from '../frameworks/resolve-stacks.js';
import type {Finding} from '../source.js';

/** Everything of a profile but its software. */
export type Machine = Omit<HardwareProfile, 'software'>;

/**
 * The profile of a machine with every framework that runs on it.
 *
 * @param own stacks in the machine's own file
 */
export function withFrameworks(
  machine: Machine,
  frameworks: Frameworks,
  own: StacksByName = {},
): {readonly profile: HardwareProfile} | {readonly findings: readonly Finding[]} {
  const resolved = resolveStacks({frameworks, machine: machine.name, own});
  if ('findings' in resolved) return resolved;
  const holdsOn = [null, anyMachine, machine.name];
  const figures = Object.entries(frameworks).flatMap(([name, data]) =>
    data.figures
      .filter(figure => holdsOn.includes(figure.machine))
      .map(({path, text, source, date}) => ({path: `software.${name}.${path}`, text, source, date})),
  );
  return {profile: {...machine, software: resolved.software, figures: [...machine.figures, ...figures]}};
}
