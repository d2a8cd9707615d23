import {readFileSync} from 'node:fs';
import {parse} from 'yaml';
import type {TopologyLevel} from '../../../src/cluster/topology.js';
import {bytes, bytesPerSecond, seconds} from '../../../src/units/quantities.js';

interface LevelText {
  level: string;
  fan_out?: number;
  bandwidth: {value: string};
  latency: {value: string};
  ring_latency?: {value: string};
  devices_per_nic?: {value: number};
  efficiency: {bytes: string; fraction: number}[];
  in_network_reduction?: boolean;
  shape: TopologyLevel['shape'];
  dimensions?: {value: number};
}

const units: Record<string, number> = {
  'GB/s': 1e9,
  'Gbit/s': 1e9 / 8,
  us: 1e-6,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

function quantity(text: string): number {
  const [number, unit] = text.split(' ');
  const scale = units[unit ?? ''];
  if (scale === undefined) throw new Error(`${text}: unit of a topology expected`);
  return Number(number) * scale;
}

/** The topology of a shipped hardware profile, and nothing else of it. */
export function profileTopology(name: string): readonly TopologyLevel[] {
  const file = new URL(`../../../hardware-profiles/${name}.yaml`, import.meta.url);
  const profile = parse(readFileSync(file, 'utf8')) as {topology: LevelText[]};
  return profile.topology.map(level => ({
    name: level.level,
    fanOut: level.fan_out ?? Number.POSITIVE_INFINITY,
    bandwidth: bytesPerSecond(quantity(level.bandwidth.value)),
    latency: seconds(quantity(level.latency.value)),
    ...(level.ring_latency === undefined ? {} : {ringLatency: seconds(quantity(level.ring_latency.value))}),
    devicesPerNic: level.devices_per_nic?.value ?? 1,
    efficiency: level.efficiency.map(point => ({
      bytes: bytes(quantity(point.bytes)),
      fraction: point.fraction,
    })),
    inNetworkReduction: level.in_network_reduction ?? false,
    shape: level.shape,
    dimensions: level.dimensions?.value ?? (level.shape === 'torus' ? 3 : 1),
  }));
}
