import type {Cluster} from '../../cluster/cluster.js';
import type {EfficiencyPoint, TopologyLevel} from '../../cluster/topology.js';
import {busFactor} from '../../cost/collective/explain.js';
import {bytes, bytesPerSecond, seconds} from '../../units/quantities.js';
import type {CollectiveRow} from '../collective-rows/collective-row.js';
import {collectiveOps} from '../collective-rows/price-collective.js';
import {priceCollectiveRow} from '../collective-rows/price-collective-row.js';
import {fitLogarithms} from './fit-logarithms.js';

/** Links of one level as a bench measured them. */
export interface FittedLevel {
  readonly name: string;
  readonly before: TopologyLevel;
  readonly after: TopologyLevel;
  readonly from: readonly string[];
}

/** Fastest and slowest of a message, seconds. */
const latencies = {low: 1e-7, high: 1e-2} as const;
const fractions = {low: 1e-4, high: 1} as const;
/** Share of a link's bandwidth that its largest messages reach where its data sheet is not known. */
const usualShare = 0.9;

/** The machine with links in its nodes and between them that give the collectives of a bench. */
export function fitLinks(
  rows: readonly CollectiveRow[],
  machine: Cluster,
  knowsSheet: boolean,
): {readonly cluster: Cluster; readonly levels: readonly FittedLevel[]} {
  const node = machine.topology.findIndex(({name}) => name === 'node');
  const isInNode = ({nodes}: CollectiveRow) => (nodes ?? 1) === 1;
  const steps = [
    {index: node, rows: rows.filter(isInNode)},
    {index: node + 1, rows: rows.filter(row => !isInNode(row))},
  ];
  let cluster = machine;
  const levels: FittedLevel[] = [];
  for (const {index, rows: own} of steps) {
    const priced = own.filter(row => row.seconds !== null && 'seconds' in priceCollectiveRow(row, cluster));
    const before = cluster.topology[index];
    if (before === undefined || priced.length < 4) continue;
    const after = fitLevel(index, priced, withCapacity(index, priced, cluster, knowsSheet));
    cluster = withLevel(cluster, index, after);
    const from = [...new Set(priced.map(({op}) => op))];
    levels.push({name: before.name, before, after, from});
  }
  return {cluster, levels};
}

function withLevel(cluster: Cluster, index: number, level: TopologyLevel): Cluster {
  return {...cluster, topology: cluster.topology.map((old, i) => (i === index ? level : old))};
}

/** Links that carry what was measured, of which a data sheet may state less, or nothing. */
function withCapacity(
  index: number,
  rows: readonly CollectiveRow[],
  cluster: Cluster,
  knowsSheet: boolean,
): Cluster {
  const level = cluster.topology[index] as TopologyLevel;
  const rates = rows.map(row => {
    const kind = collectiveOps[row.op];
    if (kind === undefined || kind === 'sendRecv' || row.ranks === null) return 0;
    const rate = ((row.bytes ?? 0) * busFactor(kind, row.ranks)) / (row.seconds as number);
    // Between nodes every device of a node carries its share.
    return kind === 'allToAll' || (row.nodes ?? 1) === 1 ? rate : rate / (row.devicesPerNode ?? 1);
  });
  const best = Math.max(...rates);
  if (best === 0 || (knowsSheet && best < level.bandwidth)) return cluster;
  return withLevel(cluster, index, {...level, bandwidth: bytesPerSecond(best / usualShare)});
}

/** Latency and curve of a level; points of the curve stand where they stood, or at the ends of what was measured. */
function fitLevel(index: number, rows: readonly CollectiveRow[], cluster: Cluster): TopologyLevel {
  const level = cluster.topology[index] as TopologyLevel;
  const points = pointsOf(level, rows);
  const at = ([latency, ...shares]: readonly number[]): TopologyLevel => ({
    ...level,
    latency: seconds(latency as number),
    efficiency: points.map((point, i) => ({...point, fraction: shares[i] as number})),
  });
  const values = fitLogarithms({
    start: [level.latency, ...points.map(({fraction}) => fraction)],
    low: [latencies.low, ...points.map(() => fractions.low)],
    high: [latencies.high, ...points.map(() => fractions.high)],
    ratios: tried => {
      const machine = withLevel(cluster, index, at(tried));
      return rows.map(row => {
        const priced = priceCollectiveRow(row, machine);
        return 'seconds' in priced ? priced.seconds / (row.seconds as number) : 1;
      });
    },
  });
  return at(values);
}

function pointsOf({efficiency}: TopologyLevel, rows: readonly CollectiveRow[]): readonly EfficiencyPoint[] {
  const sent = rows.flatMap(({bytes: size, ranks}) => [(size ?? 0) / (ranks ?? 1), 2 * (size ?? 0)]);
  const [least, most] = [Math.min(...sent), Math.max(...sent)];
  const inside = efficiency.filter(point => point.bytes >= least && point.bytes <= most);
  if (inside.length >= 2) return inside;
  const fraction = efficiency.at(-1)?.fraction ?? usualShare;
  return [
    {bytes: bytes(least), fraction: fraction / 4},
    {bytes: bytes(Math.sqrt(least * most)), fraction: fraction / 2},
    {bytes: bytes(most), fraction},
  ];
}
