import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {baseUnits} from './base-units.js';

const folder = new URL('../../hardware-profiles/', import.meta.url);

type Facts = Readonly<Record<string, unknown>>;

/** A fact of a part, as one file states it. */
interface Fact {
  readonly file: string;
  /** Kind of part and key, such as `board node.latency`. */
  readonly key: string;
  /** In base units. */
  readonly value: string;
  /** In full; empty where the file states none. */
  readonly source: string;
}

const partFolders = {
  accelerator: ['accelerators/', 'accelerators/architectures/'],
  board: ['boards/'],
  fabric: ['fabrics/'],
} as const;

function yamlFiles(path: string): string[] {
  const files = readdirSync(new URL(path, folder)).filter(file => file.endsWith('.yaml'));
  return files.map(file => path + file);
}

function read(path: string): Facts {
  return parse(readFileSync(new URL(path, folder), 'utf8')) as Facts;
}

const parts = Object.entries(partFolders).flatMap(([kind, folders]) =>
  folders.flatMap(yamlFiles).map(file => ({kind, file, facts: read(file)})),
);
const machines = yamlFiles('./')
  .filter(file => file !== './curves.yaml')
  .map(file => ({file, facts: read(file)}));
const curves = read('curves.yaml').curves as Readonly<Record<string, {efficiency: unknown; source: string}>>;

/** Keys that name, refer or explain, and state nothing of the hardware. */
const aboutThePart = new Set(
  'extends aliases name description sources source date note efficiency_source curve level walltime-accelerator walltime-board walltime-fabric'.split(
    ' ',
  ),
);

function factsOf(
  file: string,
  kind: string,
  facts: unknown,
  sources: Readonly<Record<string, string>>,
): Fact[] {
  const inFull = (source: string) => source.replace(/^[\w-]+/, word => sources[word] ?? word);
  const found: Fact[] = [];
  const walk = (value: unknown, path: readonly string[], source: string) => {
    if (Array.isArray(value)) {
      for (const item of value as Facts[]) {
        if (item.level === undefined) found.push(fact(path, JSON.stringify(value), source));
        else walk(item, [...path.filter(key => key !== 'topology'), String(item.level)], '');
      }
    } else if (typeof value === 'object' && value !== null) {
      const own = 'source' in value ? inFull(String(value.source)) : source;
      for (const [key, item] of Object.entries(value)) {
        if (aboutThePart.has(key) || item === null) continue;
        walk(item, key === 'value' ? path : [...path, key], own);
      }
    } else found.push(fact(path, baseUnits(String(value)), source));
  };
  const fact = (path: readonly string[], value: string, source: string) => ({
    file,
    key: `${kind} ${path.join('.')}`,
    value,
    source,
  });
  walk(facts, [], '');
  return found;
}

function sourcesOf({sources = {}}: Facts): Readonly<Record<string, string>> {
  return sources as Readonly<Record<string, string>>;
}

/** What machines state of parts themselves. */
function ownFacts(file: string, facts: Facts): Fact[] {
  return Object.entries({
    accelerator: 'accelerator',
    board: 'board',
    host: 'board',
    fabric: 'fabric',
  }).flatMap(([key, kind]) =>
    typeof facts[key] === 'object' ? factsOf(file, kind, facts[key], sourcesOf(facts)) : [],
  );
}

const allFacts: Fact[] = [
  ...parts.flatMap(({kind, file, facts}) => factsOf(file, kind, facts, sourcesOf(facts))),
  ...machines.flatMap(({file, facts}) => ownFacts(file, facts)),
  ...Object.entries(curves).map(([name, {efficiency, source}]) => ({
    file: `curves.yaml ${name}`,
    key: 'curve efficiency',
    value: JSON.stringify(efficiency),
    source,
  })),
];

it('states a fact once: at most 5 % of those of parts are copies of what another file states', () => {
  const holders = new Map<string, Set<string>>();
  const idOf = ({key, value, source}: Fact) => `${key}: ${value} (${source})`;
  for (const fact of allFacts) {
    const id = idOf(fact);
    holders.set(id, (holders.get(id) ?? new Set()).add(fact.file));
  }
  const copies = allFacts.filter(fact => (holders.get(idOf(fact))?.size ?? 0) > 1);
  console.info(`${allFacts.length} facts, ${copies.length} of them copies`);
  expect(allFacts.length).toBeGreaterThan(500);
  expect(copies.length / allFacts.length, copies.map(idOf).join('\n')).toBeLessThanOrEqual(0.05);
});

describe.each(parts)('$file', ({facts}) => {
  it('gives a source for every figure with a unit, and uses every source that it names', () => {
    const own = factsOf('', '', facts, {});
    const measured = own.filter(({value}) => /[A-Za-z/]/.test(value) && /\d/.test(value));
    for (const {key, source} of measured) expect(source, key).toMatch(/\S/);
    const cited = own.map(({source}) => source).join('\n');
    for (const name of Object.keys(sourcesOf(facts))) expect(cited).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it('dates its price', () => {
    const {price} = facts as {price?: {date?: string}};
    if (price !== undefined) expect(String(price.date)).toMatch(/^20\d\d-\d\d-\d\d/);
  });
});

it('names no part that nothing is built of', () => {
  const used = new Set<string>();
  const use = (kind: string, stated: unknown): void => {
    if (Array.isArray(stated)) for (const item of stated) use(kind, item);
    const name = typeof stated === 'string' ? stated : (stated as Facts | undefined)?.extends;
    if (typeof name !== 'string') return;
    used.add(`${kind} ${name}`);
    use(kind, parts.find(part => part.kind === kind && part.file.endsWith(`/${name}.yaml`))?.facts);
  };
  for (const {facts} of machines) for (const kind of Object.keys(partFolders)) use(kind, facts[kind]);
  const unused = parts
    .map(({kind, file}) => `${kind} ${file.replace(/^[a-z]+\//, '').replace('.yaml', '')}`)
    .filter(part => !used.has(part));
  expect(unused).toEqual([]);
  const named = JSON.stringify([parts, machines]);
  expect(Object.keys(curves).filter(name => !named.includes(`"curve":"${name}"`))).toEqual([]);
});
