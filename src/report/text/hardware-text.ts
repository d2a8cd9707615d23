import {precisions} from '../../cluster/accelerator.js';
import type {Figure, FittedTo, HardwareProfile} from '../../cluster/hardware-profile.js';
import type {TopologyLevel} from '../../cluster/topology.js';
import {
  formatBandwidth,
  formatBinaryBytes,
  formatFlopRate,
  formatHourlyPrice,
  formatPower,
  formatSeconds,
} from '../../units/format-quantity.js';
import {paint} from '../terminal/paint.js';
import {renderTable} from '../terminal/table.js';
import type {TerminalStyle} from '../terminal/terminal-style.js';
import {wrap} from '../terminal/wrap.js';
import {alignFacts} from './headline.js';
import {renderList} from './list-text.js';

/** A machine: its device, its links, its software, and the source of every figure. */
export function renderHardware(style: TerminalStyle, view: HardwareProfile): string[] {
  const {name, description, topology, software, figures} = view;
  const stacks = Object.entries(software).map(([stack, {description: text, fittedTo}]) => ({
    name: stack,
    description: [text ?? '', fittedTo === null ? '' : `fitted to ${formatFit(fittedTo)}`]
      .filter(Boolean)
      .join('; '),
  }));
  return [
    paint(style, 'title', name),
    ...wrap(style, description),
    ...alsoCalled(style, view),
    '',
    ...deviceFacts(style, view),
    '',
    paint(style, 'title', 'links, from the device outwards'),
    ...renderTable(style, topologyTable(topology), '  '),
    '',
    paint(style, 'title', 'software'),
    ...renderList({...style, width: style.width - 2}, stacks).map(line => `  ${line}`),
    '',
    paint(style, 'title', 'figures and their sources'),
    ...figures.flatMap(figure => figureLines(style, figure)),
  ];
}

/** Other names of the machine and, where they mean this one, of its accelerator. */
function alsoCalled(style: TerminalStyle, {names}: HardwareProfile): string[] {
  const others = [...names.machine, ...(names.usual ? names.accelerator : [])];
  return others.length === 0 ? [] : wrap(style, `also called ${others.join(', ')}`);
}

/** Sources of the fitted rows, which their ids begin with; `--json` has every id. */
function formatFit({file, rows}: FittedTo): string {
  if (rows.length === 0) return file;
  const sources = [...new Set(rows.map(row => row.replace(/-?\d+( to .*)?$/, '') || 'this table'))];
  return `rows of ${sources.join(', ')} in ${file}`;
}

function deviceFacts(style: TerminalStyle, {accelerator, host}: HardwareProfile): string[] {
  const {peak, memory, memoryBandwidth, numComputeUnits, power, idlePower, price} = accelerator;
  const peaks = precisions.flatMap(precision => {
    const rate = peak[precision];
    return rate === undefined ? [] : [`${precision} ${formatFlopRate(rate)}`];
  });
  const [first = 'not stated', ...others] = peaks;
  return alignFacts(style, [
    ['device', accelerator.name, `${numComputeUnits} compute units`],
    ['peak', first, ...others],
    ['memory', formatBinaryBytes(memory), formatBandwidth(memoryBandwidth)],
    ['power', formatPower(power), `${formatPower(idlePower)} idle`],
    ['price', price === null ? 'not sold' : formatHourlyPrice(price)],
    ['host', formatBinaryBytes(host.memory), `${formatBandwidth(host.linkBandwidth)} to a device`],
  ]);
}

function topologyTable(topology: readonly TopologyLevel[]) {
  const right = (title: string, drop: number) => ({title, align: 'right' as const, drop});
  return {
    columns: [
      {title: 'level', align: 'left' as const, drop: 0},
      right('joins', 1),
      right('a device', 0),
      right('latency', 2),
      right('devices per NIC', 4),
      {title: 'shape', align: 'left' as const, drop: 3},
    ],
    rows: topology.map(({name, fanOut, bandwidth, latency, devicesPerNic, shape}) => [
      name,
      Number.isFinite(fanOut) ? String(fanOut) : 'all',
      formatBandwidth(bandwidth),
      formatSeconds(latency),
      String(devicesPerNic),
      shape,
    ]),
  };
}

function figureLines(style: TerminalStyle, {path, text, source, date}: Figure): string[] {
  return [
    ...wrap(style, `${path}${text === '' ? '' : `: ${text}`}`, {indent: '  ', hanging: '    '}),
    ...wrap(style, `${source}${date === null ? '' : ` (${date})`}`, {indent: '      '}).map(line =>
      paint(style, 'quiet', line),
    ),
  ];
}
