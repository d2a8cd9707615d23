import type {Group} from '../../../cluster/group.js';
import type {CollectiveKind} from '../../../cost/collective/algorithm.js';
import {explainCollective} from '../../../cost/collective/explain.js';
import type {Layout} from '../../../layout/layout.js';
import {groupFor} from '../../../layout/placement.js';
import type {GroupKind} from '../../../layout/rank-axes.js';
import type {Plan} from '../../../plan/plan.js';
import {formatBandwidth, formatBytes} from '../../../units/format-quantity.js';
import type {Bytes} from '../../../units/quantities.js';
import {renderTable} from '../../terminal/table.js';
import type {TerminalStyle} from '../../terminal/terminal-style.js';

/** Message size of the shown bandwidths, typical of gradient buckets and large activations. */
const messageBytes = 64e6 as Bytes;

const shown: readonly {
  readonly kind: GroupKind;
  readonly collective: CollectiveKind;
  readonly name: string;
}[] = [
  {kind: 'tensor', collective: 'allReduce', name: 'tensor'},
  {kind: 'context', collective: 'allGather', name: 'context'},
  {kind: 'expert', collective: 'allToAll', name: 'expert'},
  {kind: 'data', collective: 'allReduce', name: 'data'},
  {kind: 'pipeline', collective: 'sendRecv', name: 'pipeline'},
];

/** Placement of each parallel group in the topology, and the bandwidth of a message in it. */
export function groupTable(style: TerminalStyle, {cluster}: Plan, layout: Layout): string[] {
  const groups = shown
    .map(entry => ({...entry, group: groupFor(cluster, layout, entry.kind)}))
    .filter(({group}) => group.size > 1);
  if (groups.length === 0) return ['  one device: nothing is communicated'];
  return renderTable(
    style,
    {
      columns: [
        {title: 'group', align: 'left', drop: 0},
        {title: 'ranks', align: 'right', drop: 0},
        {title: 'crosses', align: 'left', drop: 0},
        {title: `bus bandwidth at ${formatBytes(messageBytes)}`, align: 'right', drop: 1},
        {title: 'algorithm', align: 'left', drop: 2},
      ],
      rows: groups.map(({name, collective, group}) => groupRow(name, collective, group)),
    },
    '  ',
  );
}

function groupRow(name: string, collective: CollectiveKind, group: Group): string[] {
  const {levels, busBandwidth, algorithm} = explainCollective(collective, messageBytes, group);
  return [
    name,
    String(group.size),
    levels.join(', '),
    formatBandwidth(busBandwidth),
    `${collectiveWords[collective]}, ${algorithm ?? 'none'}`,
  ];
}

const collectiveWords: Readonly<Record<CollectiveKind, string>> = {
  allReduce: 'all-reduce',
  allGather: 'all-gather',
  reduceScatter: 'reduce-scatter',
  allToAll: 'all-to-all',
  sendRecv: 'send and receive',
  broadcast: 'broadcast',
};
