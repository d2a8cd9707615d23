import type {HardwareProfile} from '../cluster/hardware-profile.js';
import {numDevicesOf, type Plan} from '../layout/plan.js';
import {chosenStack} from './chosen-stack.js';
import {machineFindings} from './findings/plan-findings.js';
import {makePlan} from './make-plan.js';
import type {ReadPlan} from './read-plan.js';
import type {PlanFields} from './schema/plan-schema.js';

/**
 * The plan on another machine: as many devices of it with the same software, and every layout open.
 * What the plan says of its own machine (price, overrides) does not go along.
 *
 * @returns why the plan cannot run there, as sentences, where it cannot
 */
export function planOn(
  {plan, fields}: ReadPlan,
  hardware: HardwareProfile,
): Plan | {readonly reasons: string[]} {
  const {software} = (fields as PlanFields).cluster;
  const cluster = {hardware: hardware.name, software, devices: numDevicesOf(plan)};
  // `readPlan` has checked them; its public type names no library.
  const {layout: _, ...moved} = {...(fields as PlanFields), cluster};
  const chosen = chosenStack(software, hardware);
  const findings = [...('findings' in chosen ? chosen.findings : []), ...machineFindings(moved, hardware)];
  if (findings.length > 0 || 'findings' in chosen) return {reasons: findings.map(({message}) => message)};
  return makePlan(moved, plan.model, {hardware, software: chosen.stack}, plan.name, plan.loss);
}
