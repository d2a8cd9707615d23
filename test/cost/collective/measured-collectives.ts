import {readFileSync} from 'node:fs';
import {plainCollectives, type TopologyLevel} from '../../../src/cluster/topology.js';
import type {CollectiveKind} from '../../../src/cost/collective/algorithm.js';
import {bytesPerSecond, seconds} from '../../../src/units/quantities.js';
import {profileTopology} from './profile-topology.js';

/** One row of collectives.csv, on the machine that it was measured on as far as that is known. */
export interface MeasuredCollective {
  readonly series: Series;
  readonly kind: CollectiveKind;
  readonly bytes: number;
  readonly nodes: number;
  readonly size: number;
  readonly topology: readonly TopologyLevel[];
  /** Bus bandwidth in bytes/s, or as a fraction of what the links carry without latency at full efficiency. */
  readonly bus: {readonly bandwidth: number} | {readonly fractionOfLinks: number};
  /** What the benchmark times besides the collective. */
  readonly hostSeconds: number;
}

export const series = [
  'A100, one node',
  'H200, one node',
  'B200, one node',
  '4 nodes of 8, machine not stated',
  'H100 on EFA',
  'SimAI, NICs',
  'SimAI, NVLink',
  'SimAI, all-to-all',
] as const;
export type Series = (typeof series)[number];

/**
 * all_reduce_bench.py of ml-engineering waits for every call: one call of 4 MB takes 69 us on 8 H200, and
 * one of a thousand in a row 49 us (rows `all_reduce_latency_comp`).
 */
const blockingCallSeconds = 20e-6;

/** Reads collectives.csv. */
export function readMeasuredCollectives(path: URL): MeasuredCollective[] {
  const [header = [], ...lines] = splitCsv(readFileSync(path, 'utf8'));
  return lines.flatMap(line => {
    const row = new Map(header.map((column, i) => [column, line[i] ?? '']));
    const text = (column: string) => row.get(column) ?? '';
    const found = seriesOf(text('source'), text('hardware'));
    const nodes = Number(text('nodes'));
    const ratio = /achieved\/nominal\) = ([\d.]+)/.exec(text('notes'))?.[1];
    if (found === 'SimAI, NICs' && nodes === 1) return []; // the same column as SimAI, NVLink
    return {
      series: found,
      kind: kindOf(text('collective')),
      bytes: Number(text('size_bytes')),
      nodes,
      size: Number(text('num_gpus')),
      topology: topologyOf(found, text('algo')),
      bus:
        ratio === undefined
          ? {bandwidth: Number(text('busbw_GBps')) * 1e9}
          : {fractionOfLinks: Number(ratio)},
      hostSeconds: text('source').includes('all_reduce_bench.py') ? blockingCallSeconds : 0,
    };
  });
}

function seriesOf(source: string, hardware: string): Series {
  if (source.includes('ata_ratio')) return 'SimAI, all-to-all';
  if (source.includes('nvlink_ratio')) return 'SimAI, NVLink';
  if (source.includes('nic_ratio')) return 'SimAI, NICs';
  if (hardware.startsWith('A100')) return 'A100, one node';
  if (hardware.startsWith('H200')) return 'H200, one node';
  if (hardware.startsWith('B200')) return 'B200, one node';
  return hardware.startsWith('H100') ? 'H100 on EFA' : '4 nodes of 8, machine not stated';
}

/** SimAI does not name the collective of its first two files and applies them to gathers and scatters. */
function kindOf(collective: string): CollectiveKind {
  if (collective.startsWith('all_reduce')) return 'allReduce';
  if (collective === 'all_to_all') return 'allToAll';
  return collective === 'reduce_scatter' ? 'reduceScatter' : 'allGather';
}

function topologyOf(found: Series, algorithm: string): readonly TopologyLevel[] {
  const levels = machines[found];
  return algorithm.startsWith('Ring') ? levels.map(level => ({...level, inNetworkReduction: false})) : levels;
}

const eos = profileTopology('eos-h100');
const selene = profileTopology('selene-a100-80gb');

/** SimAI measured NVLink groups where NVLink is slower than the NICs of a node together: 200 against 8 x 50 GB/s. */
const h800 = profileTopology('h800');

/** About 100 GB/s a node by its own figures; the low latency of the small messages is this network's. */
const unnamed = withLevel(selene, 'fabric', {
  ...plainCollectives,
  bandwidth: bytesPerSecond(12.5e9),
  devicesPerNic: 2,
  latency: seconds(5e-6),
  efficiency: [
    [2 ** 16, 0.17],
    [2 ** 20, 0.84],
    [8 * 2 ** 20, 0.94],
  ].map(([bytes, fraction]) => ({bytes, fraction}) as TopologyLevel['efficiency'][number]),
});

const machines: Record<Series, readonly TopologyLevel[]> = {
  'A100, one node': selene,
  'H200, one node': profileTopology('h200'),
  'B200, one node': profileTopology('b200'),
  '4 nodes of 8, machine not stated': unnamed,
  'H100 on EFA': profileTopology('h100-aws-p5'),
  'SimAI, NICs': eos,
  'SimAI, NVLink': h800,
  'SimAI, all-to-all': h800,
};

function withLevel(
  topology: readonly TopologyLevel[],
  name: string,
  facts: Partial<TopologyLevel>,
): readonly TopologyLevel[] {
  return topology.map(level => (level.name === name ? {...level, ...facts} : level));
}

/** Fields may be quoted, with doubled quotes inside. */
function splitCsv(text: string): string[][] {
  const field = /(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n|$)/y;
  const rows: string[][] = [[]];
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (match === null) throw new Error(`unreadable CSV at ${field.lastIndex}`);
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\n') rows.push([]);
  }
  return rows.filter(row => row.length > 1);
}
