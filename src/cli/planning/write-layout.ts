import {parse} from 'yaml';
import type {Layout} from '../../layout/layout.js';
import type {Plan} from '../../plan/plan.js';
import type {PlanVariant, VariantChoices} from '../../plan/variant.js';
import {removeFromPlan} from '../../plan-file/edit/remove-from-plan.js';
import {type PlanValue, setInPlan} from '../../plan-file/edit/set-in-plan.js';
import {setLayout} from '../../plan-file/edit/set-layout.js';
import {writeAtomically} from '../../plan-file/edit/write-atomically.js';
import type {Problem} from '../../plan-file/problem.js';
import type {Fault} from '../../plan-file/quantity/parse-quantity.js';
import {problemOfFile} from '../../plan-file/source.js';
import type {LoadedPlan} from './solve-plan.js';

/** Paths in a plan file of the choices outside the layout. */
const choicePaths = {
  hardware: ['cluster', 'hardware'],
  software: ['cluster', 'software'],
  nodes: ['cluster', 'nodes'],
  devices: ['cluster', 'devices'],
  spareNodes: ['reliability', 'spare_nodes'],
  globalBatch: ['training', 'global_batch'],
  sequenceLength: ['training', 'sequence_length'],
  precision: ['training', 'precision'],
  replicas: ['diloco', 'replicas'],
  innerSteps: ['diloco', 'inner_steps'],
  fragments: ['diloco', 'fragments'],
  tokens: ['training', 'tokens'],
} as const satisfies Record<keyof VariantChoices, readonly string[]>;

/** Writes a layout and the variant it is of into its plan file, comments and formatting kept; the problem where it cannot. */
export function writeLayout(
  {plan, source}: LoadedPlan,
  {plan: variant, choices}: PlanVariant,
  layout: Layout,
): Problem | null {
  const inner = choices.replicas === 'none' ? withoutOuterLevel(source.text, plan) : {text: source.text};
  if ('message' in inner) return problemOfFile(source.path, inner);
  let {text} = inner;
  for (const [path, value] of choiceValues(choices, text, plan.cluster.devicesPerNode)) {
    const edited = setInPlan(text, path, value);
    if ('message' in edited) return problemOfFile(source.path, edited);
    text = edited.text;
  }
  const edited = setLayout(text, variant, layout);
  if ('message' in edited) return problemOfFile(source.path, edited);
  const fault = writeAtomically(source.path, source.text, edited.text);
  return fault === null ? null : problemOfFile(source.path, fault);
}

/**
 * The text of a plan whose devices train together. A link of its own stays where it is: the file can only state it
 * between replicas, and without it the devices would be one cluster, which is another machine than was planned.
 */
function withoutOuterLevel(text: string, {diloco}: Plan): {readonly text: string} | Fault {
  if (diloco === null) return {text};
  if (diloco.link === null) return removeFromPlan(text, ['diloco']);
  return {
    message:
      'data parallel over the link of diloco is best, and a file says such a link only between replicas',
    hint: 'take the diloco section out if the devices are one cluster, or search.diloco if they must train apart; then plan again',
  };
}

/** A size is written in the unit that the file has it in: it may not stand in both. */
function choiceValues(
  {nodes, devices, ...others}: VariantChoices,
  text: string,
  devicesPerNode: number,
): readonly (readonly [readonly string[], PlanValue])[] {
  const {cluster}: {readonly cluster: object} = parse(text);
  const size: VariantChoices =
    nodes !== undefined && 'devices' in cluster
      ? {devices: nodes * devicesPerNode}
      : devices !== undefined && 'nodes' in cluster
        ? {nodes: devices / devicesPerNode}
        : {...(nodes === undefined ? {} : {nodes}), ...(devices === undefined ? {} : {devices})};
  const choices: VariantChoices = {...others, ...size};
  return (Object.keys(choicePaths) as (keyof VariantChoices)[]).flatMap(key => {
    const value = choices[key];
    return value === undefined || value === 'none' ? [] : [[choicePaths[key], value] as const];
  });
}
