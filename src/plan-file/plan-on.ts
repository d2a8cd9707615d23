import type {HardwareProfile} from '../cluster/hardware-profile.js';
import {numDevicesOf} from '../plan/plan.js';
import type {PlanVariants} from '../plan/variant.js';
import {chosenStack} from './chosen-stack.js';
import {makePlan} from './make-plan.js';
import type {ReadPlan} from './read-plan.js';
import type {PlanFields} from './schema/plan-schema.js';
import {makeVariants} from './variants/make-variants.js';

/**
 * The plan on another machine: as many devices of it with the same software, and every layout open.
 *
 * What the plan states of its own machine (price, overrides, number of nodes to choose from) is left out.
 *
 * @returns why the plan cannot run there, as sentences, where it cannot
 */
export function planOn(
  {plan, fields}: ReadPlan,
  hardware: HardwareProfile,
): PlanVariants | {readonly reasons: readonly string[]} {
  // `readPlan` has checked them; its public type names no library.
  const {layout: _, search = {}, cluster: own, ...rest} = fields as PlanFields;
  const cluster = {hardware: hardware.name, software: own.software, devices: numDevicesOf(plan)};
  const {hardware: _hardware, nodes: _nodes, devices: _devices, ...opened} = search;
  const moved = {...rest, cluster, search: opened};
  const make = (variant: PlanFields) => {
    const chosen = chosenStack(variant.cluster.software, hardware);
    if ('findings' in chosen) throw new Error('a variant has a checked software stack');
    const {model, name, loss, assumptions} = plan;
    return makePlan(variant, {model, hardware, software: chosen.stack, name, loss, assumptions});
  };
  const machine = {name: hardware.name, software: undefined, price: undefined, profile: hardware};
  const space = makeVariants(moved, [machine], make);
  return 'findings' in space ? {reasons: space.findings.map(({message}) => message)} : space;
}
