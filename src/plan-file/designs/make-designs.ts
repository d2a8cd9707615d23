import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import {devicesPerNode} from '../../cluster/topology.js';
import type {DesignSpace, ImpossibleDesign} from '../../layout/design.js';
import type {Plan} from '../../layout/plan.js';
import {chosenStack} from '../chosen-stack.js';
import {machineFindings} from '../findings/plan-findings.js';
import type {PlanFields} from '../schema/plan-schema.js';
import type {Finding} from '../source.js';
import {openedHardware, openedNumbers} from './opened-values.js';
import {withOuterLevels} from './outer-designs.js';
import {spareVariants} from './spare-nodes.js';
import type {ProfiledHardware, VariantFields} from './variant-fields.js';

/** More designs than this are no question that one plan asks. */
const mostDesigns = 4096;

/**
 * Every combination of what the search section opens beside the layout.
 *
 * @param machines of `search.hardware`, or the plan's own
 * @param make the plan of checked fields
 */
export function makeDesigns(
  fields: PlanFields,
  machines: readonly ProfiledHardware[],
  make: (fields: PlanFields, profile: HardwareProfile) => Plan,
): DesignSpace | {readonly findings: readonly Finding[]} {
  const opened = machines.flatMap(machine => designsOf(fields, machine));
  const all = opened.flatMap(variant => [variant, ...spareVariants(variant)]);
  if (all.length > mostDesigns) {
    const message = `opens ${all.length} designs beside the layout, more than ${mostDesigns}`;
    const hint = 'list fewer values, or state a larger step';
    return {findings: [{path: ['search'], at: 'value', message, hint}]};
  }
  const impossible: ImpossibleDesign[] = [];
  const designs = all.flatMap(({choices, fields: own, profile}) => {
    const chosen = chosenStack(own.cluster.software, profile);
    const [finding] = [...('findings' in chosen ? chosen.findings : []), ...machineFindings(own, profile)];
    if (finding === undefined) return [{choices, plan: make(own, profile)}];
    impossible.push({choices, reason: finding.message});
    return [];
  });
  if (designs.length > 0) return withOuterLevels({designs, impossible});
  const [first] = impossible;
  const message = first === undefined ? 'opens no value' : `none of the designs is possible: ${first.reason}`;
  return {findings: [{path: ['search'], at: 'value', message, hint: 'open other values'}]};
}

function designsOf(fields: PlanFields, machine: ProfiledHardware): VariantFields[] {
  const {search = {}} = fields;
  const {profile} = machine;
  let designs: VariantFields[] = [withHardware(fields, machine)];
  const open = <Value>(
    values: readonly Value[] | undefined,
    choose: (design: VariantFields, value: Value) => Omit<VariantFields, 'profile'>,
  ) => {
    if (values === undefined) return;
    designs = designs.flatMap(design => values.map(value => ({...choose(design, value), profile})));
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
  return designs;
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
