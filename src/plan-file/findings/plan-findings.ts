import {precisions} from '../../cluster/accelerator.js';
import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import {defaultRankOrder} from '../../layout/layout.js';
import {numDevices} from '../make-plan.js';
import {suggestion} from '../nearest-word.js';
import type {PathSegment} from '../problem.js';
import type {PlanFields} from '../schema/plan-schema.js';
import type {Finding} from '../source.js';
import {openedFindings} from '../variants/opened-values.js';

/** What does not hold between the fields of a plan, each of which is right by itself. */
export function planFindings(plan: PlanFields): Finding[] {
  return [
    ...clusterFindings(plan),
    ...rankOrderFindings(plan.layout),
    ...overlapFindings(plan.layout),
    ...searchFindings(plan),
    ...openedFindings(plan),
    ...rampFindings(plan.training),
    ...batchFindings(plan.training),
    ...dilocoFindings(plan),
    ...scalingFindings(plan),
  ];
}

function clusterFindings(plan: PlanFields): Finding[] {
  return [...sizeFindings(plan), ...fabricFindings(plan)];
}

function fabricFindings({cluster: {fabric}}: PlanFields): Finding[] {
  if (fabric === undefined || Object.keys(fabric).length === 1) return [];
  const message = 'is not one kind of network';
  return [
    finding(['cluster', 'fabric'], message, 'write one with its speed, such as {ethernet: 100 Gbit/s}'),
  ];
}

function sizeFindings({cluster: {nodes, devices}, search}: PlanFields): Finding[] {
  const opened = search?.nodes ?? search?.devices;
  if (nodes === undefined && devices === undefined && opened === undefined) {
    return [
      finding(['cluster', 'nodes'], 'is missing', 'write how many nodes, or devices: how many devices'),
    ];
  }
  if (nodes === undefined || devices === undefined) return [];
  return [finding(['cluster', 'devices'], 'the size of the cluster is given twice', 'keep nodes or devices')];
}

function rankOrderFindings(layout: PlanFields['layout']): Finding[] {
  const order = layout?.rank_order;
  if (order === undefined || [...order].sort().join() === [...defaultRankOrder].sort().join()) return [];
  const hint = `list each of ${defaultRankOrder.join(', ')} once, fastest first`;
  return [finding(['layout', 'rank_order'], 'is not an order of the parallel dimensions', hint)];
}

/** Overlap of tensor-parallel communication has two spellings. */
function overlapFindings(layout: PlanFields['layout']): Finding[] {
  const other = layout?.overlap?.tensor;
  if (layout?.async_tensor === undefined || other === undefined || layout.async_tensor === other) return [];
  const message = `is ${layout.async_tensor}, and layout.overlap.tensor is ${other}`;
  return [finding(['layout', 'async_tensor'], message, 'they mean the same: keep layout.overlap.tensor')];
}

function searchFindings({search, layout}: PlanFields): Finding[] {
  if (search === undefined) return [];
  const keys = ['tensor', 'pipeline', 'data', 'context', 'expert', 'micro_batch', 'virtual_stages'] as const;
  return keys.flatMap(key => {
    const values = search[key];
    if (values === undefined) return [];
    const isList = Array.isArray(values);
    const {min, max} = isList
      ? {min: Math.min(...values), max: Math.max(...values)}
      : {min: values.min ?? 1, max: values.max ?? Infinity};
    if (min > max) return [finding(['search', key], `min ${min} is above max ${max}`, 'swap them')];
    const pin = layout?.[key];
    const allowed = pin === undefined || (isList ? values.includes(pin) : pin >= min && pin <= max);
    if (allowed) return [];
    return [finding(['search', key], `leaves out ${pin}, which layout.${key} pins`, `take out one of them`)];
  });
}

/** A batch of more tokens than the whole training run is a mistake in one of them. */
function batchFindings({tokens, global_batch, sequence_length}: PlanFields['training']): Finding[] {
  const batchTokens = global_batch * sequence_length;
  if (batchTokens <= tokens) return [];
  const message = `${global_batch} sequences of ${sequence_length} are ${batchTokens} tokens, more than the ${tokens} tokens of the whole run`;
  return [finding(['training', 'global_batch'], message, 'state it in sequences, or as tokens: 4 M tokens')];
}

function rampFindings({batch_ramp: ramp = []}: PlanFields['training']): Finding[] {
  return ramp.flatMap(({until}, i) => {
    const before = ramp[i - 1]?.until ?? 0;
    if (until > before) return [];
    const path = ['training', 'batch_ramp', i, 'until'];
    return [finding(path, 'is not after the stage before it', 'list the stages by the tokens they end at')];
  });
}

function dilocoFindings({diloco, training}: PlanFields): Finding[] {
  if (diloco === undefined) return [];
  const {replicas, inner_steps, fragments = 1, overlap_steps = 0} = diloco;
  const findings: Finding[] = [];
  if (training.global_batch % replicas !== 0) {
    const message = `${replicas} replicas do not divide the global batch of ${training.global_batch} sequences`;
    findings.push(finding(['diloco', 'replicas'], message, 'choose a batch of equal parts for all replicas'));
  }
  for (const [i, {global_batch}] of (training.batch_ramp ?? []).entries()) {
    if (global_batch % replicas === 0) continue;
    const path = ['training', 'batch_ramp', i, 'global_batch'];
    const message = `${replicas} replicas do not divide ${global_batch} sequences`;
    findings.push(finding(path, message, 'choose a batch of equal parts for all replicas'));
  }
  if (fragments > inner_steps) {
    const message = `${fragments} fragments take turns in ${inner_steps} inner steps`;
    findings.push(finding(['diloco', 'fragments'], message, 'send at most one fragment a step'));
  }
  if (overlap_steps >= inner_steps) {
    const message = `${overlap_steps} steps of overlap reach the next exchange, ${inner_steps} steps later`;
    findings.push(finding(['diloco', 'overlap_steps'], message, 'choose fewer than inner_steps'));
  }
  return findings;
}

function scalingFindings({scaling = {}, search}: PlanFields): Finding[] {
  const findings: Finding[] = [];
  for (const key of ['parameters', 'global_batch'] as const) {
    const spread = scaling[key];
    if (spread === undefined) continue;
    const path = ['scaling', key];
    const values = Array.isArray(spread) ? spread : [spread.from, spread.to];
    if (!Array.isArray(spread) && spread.from > spread.to)
      findings.push(finding(path, `from ${spread.from} is above to ${spread.to}`, 'swap them'));
    if (key === 'global_batch' && values.some(value => !Number.isInteger(value)))
      findings.push(finding(path, 'a batch is not a whole number of sequences', 'round it'));
  }
  const {inner_steps: steps = [], fragments = []} = search?.diloco ?? {};
  if (Math.max(...fragments) > Math.min(...steps)) {
    const message = `${Math.max(...fragments)} fragments take turns in ${Math.min(...steps)} inner steps`;
    findings.push(finding(['search', 'diloco', 'fragments'], message, 'send at most one fragment a step'));
  }
  return findings;
}

/** What a plan asks of a machine that the machine does not have. */
export function machineFindings(plan: PlanFields, hardware: HardwareProfile): Finding[] {
  const {peak} = hardware.accelerator;
  const available = precisions.filter(
    precision =>
      peak[precision] !== undefined || plan.cluster.override?.accelerator?.peak?.[precision] !== undefined,
  );
  const precision = plan.training.precision ?? 'bf16';
  const findings: Finding[] = [];
  if (!available.includes(precision)) {
    const message = `${hardware.accelerator.name} has no ${precision}`;
    findings.push(finding(['training', 'precision'], message, suggestion(precision, available)));
  }
  const replicas = plan.diloco?.replicas ?? 1;
  const devices = numDevices(plan.cluster, hardware);
  if (devices % replicas !== 0) {
    const message = `${replicas} replicas do not divide the ${devices} devices of the cluster`;
    findings.push(finding(['diloco', 'replicas'], message, 'give every replica as many devices'));
  }
  const levels = hardware.topology.map(({name}) => name);
  for (const [level, {fan_out}] of Object.entries(plan.cluster.override?.topology ?? {})) {
    const path = ['cluster', 'override', 'topology', level];
    if (!levels.includes(level)) {
      const message = `${hardware.name} has no level of this name`;
      findings.push({path, at: 'key', message, hint: suggestion(level, levels)});
    } else if (fan_out !== undefined && level === levels.at(-1)) {
      findings.push(
        finding([...path, 'fan_out'], 'the outermost level joins as many units as there are', 'take it out'),
      );
    }
  }
  return findings;
}

function finding(path: readonly PathSegment[], message: string, hint: string): Finding {
  return {path, at: 'value', message, hint};
}
