import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {parseDocument} from 'yaml';
import type {TableRow} from '../../src/import/csv-table.js';
import {bulkData, bulkRows} from '../published/tables.js';
import {publishedRows} from '../validation/predict.js';

const folder = new URL('../../hardware-profiles/', import.meta.url);

interface Figure {
  value: string | number | null;
  source: string;
  date?: string;
}

interface Level {
  level: string;
  fan_out?: number;
  bandwidth: Figure;
  latency: Figure;
  devices_per_nic?: Figure;
  efficiency: {bytes: string; fraction: number}[];
  efficiency_source: string;
  shape: string;
}

interface Profile {
  'walltime-hardware': number;
  name: string;
  description: string;
  matches?: string[];
  matches_network?: string[];
  sources: Record<string, string>;
  accelerator: {
    peak: Record<string, Figure>;
    memory: Figure;
    memory_bandwidth: Figure;
    power: Figure;
    idle_power: Figure;
    price: Figure;
    kernels: Record<string, Record<string, unknown>>;
  };
  topology: Level[];
}

const names = readdirSync(folder)
  .filter(file => file.endsWith('.yaml'))
  .map(file => file.replace(/\.yaml$/, ''));

const profiles = new Map(
  names.map(name => {
    const document = parseDocument(readFileSync(new URL(`${name}.yaml`, folder), 'utf8'));
    expect(document.errors, name).toEqual([]);
    return [name, document.toJS() as Profile];
  }),
);

describe.each([...profiles])('%s', (name, profile) => {
  it('carries the name of its file', () => {
    expect(profile['walltime-hardware']).toBe(1);
    expect(profile.name).toBe(name);
    expect(profile.description).not.toBe('');
  });

  it('gives a source for every figure, and uses every source it names', () => {
    const cited: string[] = [];
    for (const {path, figure} of figures(profile)) {
      expect(figure.source, path).toEqual(expect.stringMatching(/\S/));
      cited.push(figure.source);
    }
    for (const key of Object.keys(profile.sources)) {
      expect(
        cited.some(source => new RegExp(`\\b${key}\\b`).test(source)),
        `${name}: source ${key}`,
      ).toBe(true);
    }
  });

  it('dates its price, or says why there is none', () => {
    const {price} = profile.accelerator;
    if (price.value === null) expect(price.date).toBeUndefined();
    else expect(String(price.date)).toMatch(/^20\d\d-\d\d-\d\d/);
  });

  it('has a node, and an outermost level as wide as the cluster', () => {
    expect(profile.topology.filter(level => level.level === 'node')).toHaveLength(1);
    const last = profile.topology.length - 1;
    profile.topology.forEach((level, index) => {
      if (index === last) expect(level.fan_out, level.level).toBeUndefined();
      else expect(level.fan_out, level.level).toBeGreaterThan(1);
      expect(['switch', 'mesh', 'torus']).toContain(level.shape);
    });
  });

  it('never gets faster outwards, nor answers sooner', () => {
    for (let i = 1; i < profile.topology.length; i++) {
      const [inner, outer] = [profile.topology[i - 1] as Level, profile.topology[i] as Level];
      expect(base(outer.bandwidth.value), outer.level).toBeLessThanOrEqual(base(inner.bandwidth.value));
      expect(base(outer.latency.value), outer.level).toBeGreaterThanOrEqual(base(inner.latency.value));
    }
  });

  it('sustains a rising share of each link, and never more than all of it', () => {
    for (const level of profile.topology) {
      const points = level.efficiency.map(point => [base(point.bytes), point.fraction] as const);
      for (let i = 1; i < points.length; i++) {
        expect(points[i]?.[0]).toBeGreaterThan(points[i - 1]?.[0] ?? 0);
        expect(points[i]?.[1]).toBeGreaterThanOrEqual(points[i - 1]?.[1] ?? 0);
      }
      expect(points[0]?.[1]).toBeGreaterThan(0);
      expect(points.at(-1)?.[1]).toBeLessThanOrEqual(1);
    }
  });

  it('is a machine of this century', () => {
    const {accelerator} = profile;
    const fastest = Math.max(...Object.values(accelerator.peak).map(peak => base(peak.value)));
    expect(fastest).toBeGreaterThan(1e14);
    expect(fastest).toBeLessThan(2e16);
    const operationsPerByte = fastest / base(accelerator.memory_bandwidth.value);
    // The H20, cut down in operations and not in bandwidth, has the fewest: 74.
    expect(operationsPerByte).toBeGreaterThan(70);
    expect(operationsPerByte).toBeLessThan(2000);
    expect(base(accelerator.idle_power.value)).toBeLessThan(base(accelerator.power.value));
  });
});

it('knows the published balance of the machines that plans name most', () => {
  const bandwidths = (name: string) =>
    profiles.get(name)?.topology.map(level => [level.level, base(level.bandwidth.value) / 1e9]);
  expect(bandwidths('frontier-mi250x')).toEqual([
    ['package', 200],
    ['node', 50],
    ['group', 12.5],
    ['dragonfly', 7.13],
  ]);
  expect(bandwidths('selene-a100-80gb')).toEqual([
    ['node', 300],
    ['fabric', 25],
  ]);
  expect(bandwidths('eos-h100')).toEqual([
    ['node', 450],
    ['fabric', 50],
  ]);
});

/** Every pair of hardware and network of a table belongs to one profile. */
function expectOneProfile(rows: readonly TableRow[]): void {
  const kinds = new Map<string, [hardware: string, network: string]>();
  for (const {hardware = '', internode_network = ''} of rows) {
    kinds.set(`${hardware} / ${internode_network}`, [hardware, internode_network]);
  }
  expect(kinds.size).toBeGreaterThan(1);
  const unclear = [...kinds]
    .map(([kind, [hardware, network]]) => [kind, profilesFor(hardware, network)] as const)
    .filter(([, found]) => found.length !== 1);
  expect(unclear).toEqual([]);
}

describe('every measured row belongs to one profile', () => {
  it('published-runs.csv', () => expectOneProfile(publishedRows('published-runs.csv')));

  for (const file of ['measurements.csv', 'out_of_memory.csv']) {
    const bulk = bulkData(`measurements/${file}`);
    it.skipIf(bulk.missing)(`${file} ${bulk.needed}`, () => expectOneProfile(bulkRows(bulk)));
  }
});

/** A profile that names the network wins over one that only names the hardware. */
function profilesFor(hardware: string, network: string): string[] {
  const candidates = [...profiles.values()].filter(profile => profile.matches?.includes(hardware));
  const named = candidates.filter(profile =>
    profile.matches_network?.some(pattern => new RegExp(pattern).test(network)),
  );
  const chosen = named.length > 0 ? named : candidates.filter(profile => !profile.matches_network);
  return chosen.map(profile => profile.name);
}

/** Every mapping with a source, wherever it stands; a peak or price without one is an error too. */
function figures(profile: Profile): {path: string; figure: Figure}[] {
  const found: {path: string; figure: Figure}[] = [];
  const walk = (node: unknown, path: string) => {
    if (Array.isArray(node)) {
      for (const [index, child] of node.entries()) walk(child, `${path}[${index}]`);
    } else if (typeof node === 'object' && node !== null) {
      if ('value' in node || 'source' in node) found.push({path, figure: node as Figure});
      else for (const [key, child] of Object.entries(node)) walk(child, `${path}.${key}`);
      if ('efficiency_source' in node) {
        found.push({path, figure: {value: null, source: node.efficiency_source as string}});
      }
    }
  };
  const {accelerator, topology} = profile;
  walk({accelerator, topology, host: (profile as unknown as {host: unknown}).host}, '');
  return found;
}

const scale: Record<string, number> = {'': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, u: 1e-6, m: 1e-3};

/** In base units; independent of the product's own parser, so that one checks the other. */
function base(text: string | number | null | undefined): number {
  const match = /^([\d.]+) ?(?:(Ki|Mi|Gi)B|([kMGTum]?)(B|B\/s|bit\/s|FLOP\/s|s|W))$/.exec(String(text));
  if (!match) throw new Error(`not a quantity: ${text}`);
  const [, number, binary, prefix = '', unit] = match;
  if (binary) return Number(number) * 2 ** (10 * (['Ki', 'Mi', 'Gi'].indexOf(binary) + 1));
  return (Number(number) * (scale[prefix] ?? Number.NaN)) / (unit === 'bit/s' ? 8 : 1);
}
