import {describe, expect, it, test} from 'vitest';
import {hardwareMatcher} from '../../src/calibration/match-hardware.js';
import type {HardwareProfile} from '../../src/cluster/hardware-profile.js';
import {partKey} from '../../src/cluster/part-name.js';
import type {TableRow} from '../../src/import/csv-table.js';
import {listHardware, readHardware} from '../../src/plan-file/library/library.js';
import {formatProblem} from '../../src/plan-file/problem.js';
import {bulkData, bulkRows} from '../published/tables.js';
import {publishedRows} from '../validation/predict.js';

async function profileOf(name: string): Promise<HardwareProfile> {
  const read = await readHardware(name);
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
  return read.profile;
}

const profiles = await Promise.all(listHardware().map(profileOf));

describe.each(profiles.map(profile => [profile.name, profile] as const))('%s', (_name, profile) => {
  const {accelerator, topology} = profile;

  it('is described, and every figure has a source', () => {
    expect(profile.description).not.toBe('');
    for (const {path, source} of profile.figures) expect(source, path).toMatch(/\S/);
  });

  it('has one node, and an outermost level as wide as the cluster', () => {
    expect(topology.filter(({name}) => name === 'node')).toHaveLength(1);
    expect(topology.findIndex(({fanOut}) => fanOut === Number.POSITIVE_INFINITY)).toBe(topology.length - 1);
    for (const {name, fanOut} of topology) expect(fanOut, name).toBeGreaterThanOrEqual(1);
  });

  it('never gets faster outwards, nor answers sooner', () => {
    for (const [i, outer] of topology.entries()) {
      const inner = topology[i - 1] ?? {bandwidth: Number.POSITIVE_INFINITY, latency: 0};
      expect(outer.bandwidth, outer.name).toBeLessThanOrEqual(inner.bandwidth);
      expect(outer.latency, outer.name).toBeGreaterThanOrEqual(inner.latency);
    }
  });

  it('sustains a rising share of each link, and never more than all of it', () => {
    for (const {efficiency, name} of topology) {
      expect(efficiency.length, name).toBeGreaterThan(0);
      for (const [i, {bytes, fraction}] of efficiency.entries()) {
        const before = efficiency[i - 1] ?? {bytes: 0, fraction: 0};
        expect(bytes).toBeGreaterThan(before.bytes);
        expect(fraction).toBeGreaterThanOrEqual(before.fraction);
        expect(fraction).toBeGreaterThan(0);
        expect(fraction).toBeLessThanOrEqual(1);
      }
    }
  });

  it('is a machine of this century', () => {
    const fastest = Math.max(...Object.values(accelerator.peak));
    expect(fastest).toBeGreaterThan(1e14);
    expect(fastest).toBeLessThan(2e16);
    const operationsPerByte = fastest / accelerator.memoryBandwidth;
    // The H20, cut down in operations and not in bandwidth, has the fewest: 74.
    expect(operationsPerByte).toBeGreaterThan(70);
    expect(operationsPerByte).toBeLessThan(2000);
    expect(accelerator.idlePower).toBeLessThan(accelerator.power);
  });
});

function named(name: string): HardwareProfile {
  const profile = profiles.find(candidate => candidate.name === name);
  if (profile === undefined) throw new Error(`no profile ${name}`);
  return profile;
}

it('knows the published balance of the machines that plans name most', () => {
  const bandwidths = (name: string) =>
    named(name).topology.map(level => [level.name, level.bandwidth / 1e9] as const);
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

const nodeOf = ({topology}: HardwareProfile) => topology.find(({name}) => name === 'node');
const kernelsOf = ({accelerator}: HardwareProfile) => accelerator.kernels;

test.each([
  ['h100-sxm', 'eos-h100', 'h100-aws-p5', 'h100-llama3-roce', 'two-sites-h100', 'h100-gcp-a3-high'],
  ['a100-80gb', 'selene-a100-80gb', 'a100-80gb-roce', 'a100-80gb-jean-zay', 'a100-80gb-tapered'],
])(
  'one accelerator and one board have one truth, on %s and on every machine built of them',
  (first, ...others) => {
    for (const other of others.map(named)) {
      expect(kernelsOf(other), other.name).toEqual(kernelsOf(named(first)));
      expect({...other.accelerator, price: null}, other.name).toEqual({
        ...named(first).accelerator,
        price: null,
      });
      expect(nodeOf(other), other.name).toEqual(nodeOf(named(first)));
    }
  },
);

describe('names', () => {
  it('mean one accelerator or one machine each', () => {
    const owners = new Map<string, Set<string>>();
    const own = (name: string, owner: string) => {
      const key = partKey(name);
      owners.set(key, (owners.get(key) ?? new Set()).add(owner));
    };
    for (const {name, names, accelerator} of profiles) {
      const keys = new Set(names.accelerator.map(partKey));
      for (const alias of names.accelerator) own(alias, `accelerator ${accelerator.name}`);
      for (const alias of [name, ...names.machine]) {
        // What names an accelerator too means its usual machine.
        if (!(names.usual && keys.has(partKey(alias)))) own(alias, `machine ${name}`);
      }
    }
    expect([...owners].filter(([, {size}]) => size > 1)).toEqual([]);
  });

  it('of an accelerator have exactly one machine that they usually mean', () => {
    const usual = new Map<string, string[]>();
    for (const {name, names, accelerator} of profiles) {
      const found = usual.get(accelerator.name) ?? [];
      usual.set(accelerator.name, names.usual ? [...found, name] : found);
    }
    expect([...usual].filter(([, machines]) => machines.length !== 1)).toEqual([]);
  });
});

/** Every row of a table ran on a machine that is known by its words. */
function expectKnownMachines(rows: readonly TableRow[]): void {
  const matcher = hardwareMatcher(profiles);
  const kinds = new Map(
    rows.map(({hardware = '', internode_network = ''}) => [
      `${hardware} / ${internode_network}`,
      matcher(hardware, internode_network)?.profile.name,
    ]),
  );
  expect(kinds.size).toBeGreaterThan(1);
  expect([...kinds].filter(([, machine]) => machine === undefined)).toEqual([]);
}

describe('every measured row belongs to a profile', () => {
  it('published-runs.csv', () => expectKnownMachines(publishedRows('published-runs.csv')));

  for (const file of ['measurements.csv', 'out_of_memory.csv', 'measurements-2.csv']) {
    const bulk = bulkData(`measurements/${file}`);
    it.skipIf(bulk.missing)(`${file} ${bulk.needed}`, () => expectKnownMachines(bulkRows(bulk)));
  }
});
