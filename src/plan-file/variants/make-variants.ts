import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import {devicesPerNode} from '../../cluster/topology.js';
import type {Plan} from '../../plan/plan.js';
import type {InfeasibleVariant, PlanVariants} from '../../plan/variant.js';
import {chosenStack} from '../chosen-stack.js';
import {machineFindings} from '../findings/plan-findings.js';
import type {PlanFields} from '../schema/plan-schema.js';
import type {Finding} from '../source.js';
import {withDilocoVariants} from './diloco-variants.js';
import {openedHardware, openedNumbers} from './opened-values.js';
import {spareVariants} from './spare-nodes.js';
import type {ProfiledHardware, VariantFields} from './variant-fields.js';

/** More variants than this are no question that one plan asks. */
const mostVariants = 4096;

/**
 * Every combination of the fields that the search section opens outside the layout.
 *
 * @param machines of `search.hardware`, or the plan's own
 * @param make the plan of checked fields
 */
export function makeVariants(
  fields: PlanFields,
  machines: readonly ProfiledHardware[],
  make: (fields: PlanFields, profile: HardwareProfile) => Plan,
): PlanVariants | {readonly findings: readonly Finding[]} {
  const opened = machines.flatMap(machine => variantsOf(fields, machine));
  const all = opened.flatMap(variant => [variant, ...spareVariants(variant)]);
  if (all.length > mostVariants) {
    const message = `opens ${all.length} designs beside the layout, more than ${mostVariants}`;
    const hint = 'list fewer values, or state a larger step';
    return {findings: [{path: ['search'], at: 'value', message, hint}]};
  }
  const infeasible: InfeasibleVariant[] = [];
  const variants = all.flatMap(({choices, fields: own, profile}) => {
    const chosen = chosenStack(own.cluster.software, profile);
    const [finding] = [...('findings' in chosen ? chosen.findings : []), ...machineFindings(own, profile)];
    if (finding === undefined) return [{choices, plan: make(own, profile)}];
    infeasible.push({choices, reason: finding.message});
    return [];
  });
  if (variants.length > 0) return withDilocoVariants({variants, infeasible});
  const [first] = infeasible;
  const message = first === undefined ? 'opens no value' : `none of the designs is possible: ${first.reason}`;
  return {findings: [{path: ['search'], at: 'value', message, hint: 'open other values'}]};
}

function variantsOf(fields: PlanFields, machine: ProfiledHardware): VariantFields[] {
  const {search = {}} = fields;
  const {profile} = machine;
  let variants: VariantFields[] = [withHardware(fields, machine)];
  const open = <Value>(
    values: readonly Value[] | undefined,
    choose: (variant: VariantFields, value: Value) => Omit<VariantFields, 'profile'>,
  ) => {
    if (values === undefined) return;
    variants = variants.flatMap(variant => values.map(value => ({...choose(variant, value), profile})));
  };
  open(openedNumbers(search, 'nodes'), ({choices, fields: f}, nodes) => ({
    choices: {...choices, nodes},
    fields: {...f, cluster: {...withoutSize(f.cluster), nodes}},
  }));
  open(
    openedNumbers(search, 'devices', devicesPerNode(profile.topology)),
    ({choices, fields: f}, devices) => ({
      choices: {...choices, devices},
      fields: {...f, cluster: {...withoutSize(f.cluster), devices}},
    }),
  );
  open(openedNumbers(search, 'global_batch'), ({choices, fields: f}, globalBatch) => ({
    choices: {...choices, globalBatch},
    fields: {...f, training: {...f.training, global_batch: globalBatch}},
  }));
  open(openedNumbers(search, 'sequence_length'), ({choices, fields: f}, sequenceLength) => ({
    choices: {...choices, sequenceLength},
    fields: {...f, training: {...f.training, sequence_length: sequenceLength}},
  }));
  open(search.precision, ({choices, fields: f}, precision) => ({
    choices: {...choices, precision},
    fields: {...f, training: {...f.training, precision}},
  }));
  return variants;
}

function withHardware(fields: PlanFields, {name, software, price, profile}: ProfiledHardware): VariantFields {
  if (openedHardware(fields.search ?? {}) === undefined) return {choices: {}, fields, profile};
  const cluster = {
    ...fields.cluster,
    hardware: name,
    ...(software === undefined ? {} : {software}),
    ...(price === undefined ? {} : {price}),
  };
  const choices = {hardware: name, ...(software === undefined ? {} : {software})};
  return {choices, fields: {...fields, cluster}, profile};
}

function withoutSize({nodes: _, devices: __, ...cluster}: PlanFields['cluster']): PlanFields['cluster'] {
  return cluster;
}

/** The plan's fields with a size of its cluster: the stated one, or the first that the search opens. */
export function withStatedSize(fields: PlanFields): PlanFields {
  const {cluster, search = {}} = fields;
  if (cluster.nodes !== undefined || cluster.devices !== undefined) return fields;
  const nodes = openedNumbers(search, 'nodes')?.[0];
  const devices = openedNumbers(search, 'devices')?.[0];
  if (nodes !== undefined) return {...fields, cluster: {...cluster, nodes}};
  return devices === undefined ? fields : {...fields, cluster: {...cluster, devices}};
}
