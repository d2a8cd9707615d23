import {Document, isMap, isSeq, visit} from 'yaml';
import type {BenchFit} from '../../calibration/bench/fit-bench.js';
import type {FittedFact} from '../../calibration/bench/fit-device.js';
import type {FittedLevel} from '../../calibration/bench/fit-links.js';
import {precisions} from '../../cluster/accelerator.js';

type Facts = {[key: string]: unknown};

/** A machine that was measured, as a profile of its own. */
export interface MeasuredMachine {
  readonly name: string;
  readonly description: string;
  readonly fit: BenchFit;
  /** Content of the base's own file. */
  readonly base: Readonly<Facts>;
  /** The same with every part written out. */
  readonly resolved: Readonly<Facts>;
  /** File, day and release that figures come from. */
  readonly evidence: string;
}

/** The text of a measured machine's profile: its figures over the parts of the base. */
export function writeMeasuredProfile(machine: MeasuredMachine): string {
  const {name, description, fit, base, evidence} = machine;
  const source = `measured-here: ${evidence}`;
  const accelerator = {
    ...extended(base.accelerator),
    ...(fit.isKnown ? {} : unknownDevice(fit)),
  };
  const whole = (machine.resolved.accelerator as Facts).kernels as Facts;
  for (const fact of fit.facts) {
    if (fact.path[0] === 'accelerator') setFact({accelerator, whole, fact, source});
  }
  const profile: Facts = {
    'walltime-hardware': 1,
    name,
    description,
    ...(base.site === undefined ? {} : {site: base.site}),
    ...(base.reliability === undefined ? {} : {reliability: base.reliability}),
    ...(base.sources === undefined ? {} : {sources: base.sources}),
    accelerator,
    ...links(fit, base, source),
  };
  const lines = [
    '# yaml-language-server: $schema=./hardware-profile.schema.json',
    `# Measured figures stand here. All others are those of ${fit.profile.name}, ${basis(fit)}.`,
    formatted(profile),
  ];
  return lines.join('\n');
}

function basis({isKnown}: BenchFit): string {
  return isKnown
    ? 'the machine with this accelerator'
    : 'whose accelerator is the nearest: nothing else is known of this one';
}

/** A part by its name, or with facts of its own. */
function extended(part: unknown): Facts {
  return typeof part === 'string' ? {extends: part} : {...(part as Facts)};
}

/** What a part that no data sheet describes does not take over from the nearest one. */
function unknownDevice({accelerator, profile}: BenchFit): Facts {
  const unmeasured = precisions.filter(
    precision =>
      accelerator.peak[precision] === undefined && profile.accelerator.peak[precision] !== undefined,
  );
  return {
    name: accelerator.name,
    aliases: [accelerator.name],
    price: null,
    peak: Object.fromEntries(unmeasured.map(precision => [precision, null])),
  };
}

/** A fact at its place in the accelerator. Facts that share a source in the base are taken over with it. */
function setFact({
  accelerator,
  whole,
  fact,
  source,
}: {
  readonly accelerator: Facts;
  /** Kernel facts of the base. */
  readonly whole: Readonly<Facts>;
  readonly fact: FittedFact;
  readonly source: string;
}): void {
  const [key = '', ...below] = fact.path.slice(1);
  const value = spelt(fact);
  if (below.length === 0) {
    accelerator[key] = {value, source};
    return;
  }
  const section = {...(accelerator[key] as Facts | undefined)};
  accelerator[key] = section;
  const [name = '', member] = below;
  if (member === undefined) {
    section[name] = {value, source};
    return;
  }
  const group = whole[name] as Facts | undefined;
  const cited = group === undefined ? source : `${source}; others: ${group.source}`;
  const own = (section[name] as Facts | undefined) ?? {...group, source: cited};
  section[name] = {...own, [member]: value};
}

/** Board and fabric, or the topology of a base that states one. */
function links(fit: BenchFit, base: Readonly<Facts>, source: string): Facts {
  const node: Facts = fit.nodeFanOut === null ? {} : {fan_out: {value: fit.nodeFanOut, source}};
  const measured = new Map(fit.levels.map(level => [level.name, levelFacts(level, source)]));
  const ofNode = {...node, ...measured.get('node')};
  const host = fit.linkBandwidth === null ? {} : {link_bandwidth: {value: rate(fit.linkBandwidth), source}};
  if (Array.isArray(base.topology)) {
    const topology = base.topology.map((level: Facts) => ({
      ...level,
      ...(level.level === 'node' ? ofNode : measured.get(level.level as string)),
    }));
    return {topology, host: {...(base.host as Facts | undefined), ...host}};
  }
  const outer = (Array.isArray(base.fabric) ? base.fabric : [base.fabric]).map(extended);
  const fabric = outer.map(level => {
    const {level: _, ...facts} = {level: 'fabric', ...level};
    const own = measured.get((level.level as string | undefined) ?? 'fabric');
    return own === undefined
      ? level
      : {...(level.level === undefined ? {} : {level: level.level}), ...facts, ...own};
  });
  const namesOfFabric = outer.map(level => (level.level as string | undefined) ?? 'fabric');
  const racks = [...measured].filter(([name]) => name !== 'node' && !namesOfFabric.includes(name));
  const topology = [
    ...(Object.keys(ofNode).length === 0 ? [] : [{level: 'node', ...ofNode}]),
    ...racks.map(([level, facts]) => ({level, ...facts})),
  ];
  return {
    board: {
      ...extended(base.board),
      ...(Object.keys(host).length === 0 ? {} : {host}),
      ...(topology.length === 0 ? {} : {topology}),
    },
    fabric: fabric.length === 1 ? fabric[0] : fabric,
  };
}

function levelFacts({before, after, from}: FittedLevel, source: string): Facts {
  const cited = `${source}, ${from.join(', ')}`;
  return {
    ...(after.bandwidth === before.bandwidth
      ? {}
      : {bandwidth: {value: rate(after.bandwidth), source: cited}}),
    latency: {value: `${digits(after.latency * 1e6)} us`, source: cited},
    efficiency: after.efficiency.map(({bytes, fraction}) => ({
      bytes: Math.round(bytes),
      fraction: digits(fraction),
    })),
    efficiency_source: cited,
  };
}

function spelt({unit, after}: FittedFact): number | string {
  switch (unit) {
    case 'count':
      return after >= 100 || Number.isInteger(after) ? Math.round(after) : digits(after);
    case 'bytes':
      return after >= 2 ** 30 ? `${digits(after / 2 ** 30)} GiB` : Math.round(after);
    case 'bytes/s':
      return rate(after);
    case 'FLOP/s':
      return `${digits(after / 1e12)} TFLOP/s`;
    case 'seconds':
      return `${digits(after * 1e6)} us`;
    case 'fraction':
      return digits(after);
  }
}

function rate(bytesPerSecond: number): string {
  return `${digits(bytesPerSecond / 1e9)} GB/s`;
}

function digits(value: number): number {
  return Number(value.toPrecision(4));
}

/** Figures with their source, and lists of points, on one line each. */
function formatted(profile: Facts): string {
  const document = new Document(profile);
  visit(document, {
    Collection(_, node) {
      if (isMap(node) && (node.has('source') || node.has('fraction'))) node.flow = true;
      if (isSeq(node) && node.items.every(item => isMap(item) && item.has('fraction'))) node.flow = true;
    },
  });
  return document.toString({lineWidth: 0});
}
