import {suggestion} from '../nearest-word.js';
import type {PathSegment, Problem} from '../problem.js';
import type {Finding} from '../source.js';
import type {PartFacts, PartKind, PartLibrary} from './parts.js';

export type Resolved =
  | {
      /** A profile that states everything itself. */
      readonly facts: PartFacts;
      /** Place in the profile's file of what stands at a path of `facts`. */
      readonly placeOf: (path: readonly PathSegment[]) => readonly PathSegment[];
    }
  | {readonly findings: readonly Finding[]}
  | {readonly problems: readonly Problem[]};

/** Writes out every part that a profile names. @param profile facts of its file, each source in full */
export async function resolveParts(profile: PartFacts, library: PartLibrary): Promise<Resolved> {
  const {accelerator, board, fabric, ...own} = profile;
  const structure = structureFindings(profile);
  if (structure.length > 0) return {findings: structure};
  const reader = new PartReader(library);
  const device = await reader.part('accelerator', accelerator, ['accelerator']);
  const node = board === undefined ? {} : await reader.part('board', board, ['board']);
  const outside = await Promise.all(
    listOf(fabric).map((level, i) => reader.part('fabric', level, placeOfFabric(fabric, i))),
  );
  const inside = levelsOf(own.topology ?? node.topology);
  const nics = node.nics === undefined ? {} : {nics: node.nics};
  const levels = [...inside, ...outside.map(({port, ...level}) => ({level: 'fabric', ...nics, ...level}))];
  const placeOf = (path: readonly PathSegment[]) => placeInFile(path, {profile, inside: inside.length});
  const topology = await Promise.all(
    levels.map((level, i) => reader.withCurve(level, placeOf(['topology', i, 'curve']))),
  );
  if (reader.problems.length > 0) return {problems: reader.problems};
  if (reader.findings.length > 0) return {findings: reader.findings};
  return {
    facts: {
      ...own,
      ...(accelerator === undefined ? {} : {accelerator: device}),
      host: merged(factsOf(node.host), factsOf(own.host)),
      ...(levels.length === 0 ? {} : {topology}),
    },
    placeOf,
  };
}

/** PartFacts of a fabric by its name, with everything that it extends written out. */
export async function resolveFabric(name: string, library: PartLibrary): Promise<Resolved> {
  const reader = new PartReader(library);
  const fabric = await reader.part('fabric', name, []);
  const level = await reader.withCurve({level: 'fabric', ...fabric}, []);
  if (reader.problems.length > 0) return {problems: reader.problems};
  if (reader.findings.length > 0) return {findings: reader.findings};
  return {facts: level, placeOf: () => []};
}

/** A machine is stated by board and fabric, or by its topology. */
function structureFindings({board, fabric, topology}: PartFacts): Finding[] {
  const at = (key: string, message: string, hint: string): Finding => ({
    path: [key],
    at: 'key',
    message,
    hint,
  });
  const both = 'states what board and fabric state too';
  if (topology !== undefined && (board !== undefined || fabric !== undefined))
    return [at('topology', both, 'keep one of them')];
  if (board !== undefined && fabric === undefined)
    return [at('fabric', 'is missing', 'name the network between the nodes')];
  if (fabric !== undefined && board === undefined) return [at('board', 'is missing', 'name what a node is')];
  return [];
}

/** Reads parts, and keeps what was wrong with them. */
class PartReader {
  readonly findings: Finding[] = [];
  readonly problems: Problem[] = [];
  readonly #library: PartLibrary;

  constructor(library: PartLibrary) {
    this.#library = library;
  }

  /** @param stated name of a part, or facts that may extend one */
  async part(kind: PartKind, stated: unknown, path: readonly PathSegment[]): Promise<PartFacts> {
    const isName = typeof stated === 'string';
    const {extends: base, ...own} = isName ? {extends: stated} : factsOf(stated);
    if (typeof base !== 'string') return own;
    const facts = await this.#named(kind, base, isName ? path : [...path, 'extends'], []);
    return merged(facts, own);
  }

  /** A level whose curve is written out. */
  async withCurve({curve, ...level}: PartFacts, path: readonly PathSegment[]): Promise<PartFacts> {
    if (typeof curve !== 'string') return level;
    const {source, ...facts} = await this.#named('curve', curve, path, []);
    return {...facts, efficiency_source: source, ...level};
  }

  async #named(
    kind: PartKind,
    name: string,
    path: readonly PathSegment[],
    below: readonly string[],
  ): Promise<PartFacts> {
    const read = await this.#library.read(kind, name);
    if (read === null) {
      const hint = suggestion(name, await this.#library.names(kind));
      this.findings.push({path, at: 'value', message: `unknown ${kind} "${name}"`, hint});
      return {};
    }
    if ('problems' in read) {
      this.problems.push(...read.problems);
      return {};
    }
    const {extends: base, [`walltime-${kind}`]: _, sources, description, ...own} = read.facts;
    const isNamed = below.length === 0 && kind === 'accelerator';
    const facts = isNamed ? {...own, aliases: [name, ...listOf(own.aliases)]} : own;
    if (typeof base !== 'string') return facts;
    if (below.includes(base)) throw new Error(`${kind} ${[base, ...below].join(' extends ')}`);
    // Other names and prices are of one part alone.
    const {aliases, price, ...extended} = await this.#named(kind, base, path, [...below, name]);
    return merged(extended, facts);
  }
}

/** PartFacts of `over` where it states them, otherwise of `base`; a fact of null is taken out. */
function merged(base: PartFacts, over: PartFacts): PartFacts {
  const result: Record<string, unknown> = {...base};
  for (const [key, value] of Object.entries(over)) {
    const under = base[key];
    if (value === null) delete result[key];
    else if (key === 'topology') result[key] = mergedLevels(levelsOf(under), levelsOf(value));
    else result[key] = isGroup(under) && isGroup(value) ? merged(under, value) : value;
  }
  return result;
}

/** Levels of the same name are merged; with a level that `base` has not, the order is that of `over`. */
function mergedLevels(base: readonly PartFacts[], over: readonly PartFacts[]): PartFacts[] {
  const named = (levels: readonly PartFacts[], name: unknown) => levels.find(({level}) => level === name);
  const ordered = over.every(({level}) => named(base, level) !== undefined) ? base : over;
  return ordered.map(({level}) => merged(named(base, level) ?? {}, named(over, level) ?? {}));
}

/** A map of facts, unlike one fact with its source, which is taken whole. */
function isGroup(value: unknown): value is PartFacts {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('source' in value);
}

function factsOf(value: unknown): PartFacts {
  return typeof value === 'object' && value !== null ? (value as PartFacts) : {};
}

function levelsOf(value: unknown): readonly PartFacts[] {
  return Array.isArray(value) ? value : [];
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function placeOfFabric(fabric: unknown, index: number): PathSegment[] {
  return Array.isArray(fabric) ? ['fabric', index] : ['fabric'];
}

function placeInFile(
  path: readonly PathSegment[],
  {profile, inside}: {readonly profile: PartFacts; readonly inside: number},
): readonly PathSegment[] {
  const [key, index, ...rest] = path;
  if (key === 'host' && profile.host === undefined) return ['board', ...path];
  if (key !== 'topology' || profile.topology !== undefined || typeof index !== 'number') return path;
  return index < inside
    ? ['board', 'topology', index, ...rest]
    : [...placeOfFabric(profile.fabric, index - inside), ...rest];
}
