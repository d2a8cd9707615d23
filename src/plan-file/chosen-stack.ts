import type {HardwareProfile} from '../cluster/hardware-profile.js';
import {defaultFramework, frameworkOf, stackSpelt} from '../frameworks/registry.js';
import {releaseMonth} from '../frameworks/release.js';
import type {SoftwareStack} from '../frameworks/stack.js';
import {suggestion} from './nearest-word.js';
import type {PlanFields} from './schema/plan-schema.js';
import type {Finding} from './source.js';

/** What `cluster.software` of a plan states; absent: a framework without choices of its own. */
export type StatedSoftware = PlanFields['cluster']['software'];

/**
 * The stack that a plan runs on a machine, at the release that it names, or what is wrong with its name.
 *
 * A name is that of a stack of the machine, or another spelling of a framework that has one.
 */
export function chosenStack(
  stated: StatedSoftware,
  hardware: HardwareProfile,
): {readonly stack: SoftwareStack} | {readonly findings: readonly Finding[]} {
  const {
    name = defaultFramework,
    release,
    recipe,
    unchecked = false,
  } = typeof stated === 'object' ? stated : {name: stated};
  const path = ['cluster', 'software', ...(typeof stated === 'object' ? ['name'] : [])];
  const known = Object.keys(hardware.software);
  const found = stackNamed(known, recipe === undefined ? name : `${name}-${recipe}`);
  const stack = found === null ? undefined : hardware.software[found]?.stack;
  if (stack === undefined) {
    const wanted = recipe === undefined ? name : `${name} with recipe ${recipe}`;
    return {
      findings: [
        {path, at: 'value', message: `unknown software stack "${wanted}"`, hint: suggestion(name, known)},
      ],
    };
  }
  const {releases, title} = frameworkOf(stack);
  const month = release === undefined ? null : releaseMonth(releases, release);
  if (release !== undefined && month === null) {
    const names = releases.map(({version}) => version).join(', ');
    const message = `${title} has no release "${release}" that is known`;
    const hint = `write a month such as '2025-12'${names === '' ? '' : `, or one of ${names}`}`;
    return {findings: [{path: ['cluster', 'software', 'release'], at: 'value', message, hint}]};
  }
  return {stack: {...stack, release: month, isUnchecked: unchecked}};
}

/** The stack of this name among those known, by its own name or by that of the framework that is meant; null: none. */
function stackNamed(known: readonly string[], name: string): string | null {
  if (known.includes(name)) return name;
  const meant = stackSpelt(name);
  return meant !== null && known.includes(meant) ? meant : null;
}
